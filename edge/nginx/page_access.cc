#include "edge/nginx/page_access.h"

#include "edge/nginx/answers.h"
#include "edge/nginx/request_headers.h"
#include "edge/visit/page_site.h"

namespace refedge::edge {

bool is_own_page(ngx_http_request_t* r) {
  return is_page_of_site(find_request_header(r, "origin"), to_view(r->headers_in.server));
}

void allow_page(ngx_http_request_t* r, bool is_preflight) {
  add_response_header(r, "Vary", "Origin");
  const std::string_view page = find_request_header(r, "origin");
  if (page.empty()) return;
  const bool is_ours = is_own_page(r);
  add_response_header(r, "Access-Control-Allow-Origin", is_ours ? page : "*");
  if (is_ours) add_response_header(r, "Access-Control-Allow-Credentials", "true");
  if (!is_preflight) return;
  add_response_header(r, "Access-Control-Allow-Methods", "POST");
  add_response_header(r, "Access-Control-Allow-Headers", "Content-Type");
  add_response_header(r, "Access-Control-Max-Age", "600");
}

}  // namespace refedge::edge
