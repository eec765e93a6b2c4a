#include "edge/nginx/page_access.h"

#include "edge/nginx/answers.h"
#include "edge/nginx/request_headers.h"
#include "edge/visit/page_site.h"

namespace refedge::edge {

bool allow_page(ngx_http_request_t* r, bool is_preflight) {
  add_response_header(r, "Vary", "Origin");
  const std::string_view page = find_request_header(r, "origin");
  if (page.empty()) return false;
  const bool is_ours = is_page_of_site(page, to_view(r->headers_in.server));
  add_response_header(r, "Access-Control-Allow-Origin", is_ours ? page : "*");
  if (is_ours) add_response_header(r, "Access-Control-Allow-Credentials", "true");
  if (!is_preflight) return is_ours;
  add_response_header(r, "Access-Control-Allow-Methods", "POST");
  add_response_header(r, "Access-Control-Allow-Headers", "Content-Type");
  add_response_header(r, "Access-Control-Max-Age", "600");
  return is_ours;
}

}  // namespace refedge::edge
