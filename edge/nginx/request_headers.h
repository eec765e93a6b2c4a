// Reading and changing the headers of a request.
#pragma once

#include <string_view>

#include "edge/nginx/ngx.h"
#include "refedge/visit.h"

namespace refedge::edge {

// What verdict and consent look at, but for cookies. The views point into the request; absent headers are empty.
struct VisitHeaders {
  Visit visit;
  std::string_view consent;  // the header that the location's consent rule names
  std::string_view sec_gpc;
  std::string_view dnt;
  std::string_view sec_fetch_dest;
};

// read_visit_headers goes through the request's headers once. `consent_header` is a name in lower case, or empty.
[[nodiscard]] VisitHeaders read_visit_headers(ngx_http_request_t* r, std::string_view consent_header) noexcept;

// find_request_header gives the value of the first header called `lower_name`, empty when there is none.
[[nodiscard]] std::string_view find_request_header(ngx_http_request_t* r, std::string_view lower_name) noexcept;

// for_each_cookie_header calls `use` with the value of every Cookie header until it gives true; true if one did.
template <class Use>
bool for_each_cookie_header(ngx_http_request_t* r, Use use) {
#if nginx_version >= 1023000
  for (const ngx_table_elt_t* header = r->headers_in.cookie; header != nullptr; header = header->next)
    if (use(to_view(header->value))) return true;
#else
  auto* const* headers = static_cast<ngx_table_elt_t* const*>(r->headers_in.cookies.elts);
  for (ngx_uint_t i = 0; i < r->headers_in.cookies.nelts; ++i)
    if (use(to_view(headers[i]->value))) return true;
#endif
  return false;
}

// cookie_header gives all Cookie headers as one, joined as a browser would have sent them; empty when there is none.
// Throws std::bad_alloc.
[[nodiscard]] std::string_view cookie_header(ngx_http_request_t* r);

// remove_request_header takes every header called `lower_name` (in lower case) out of the request, so that no proxy
// module passes it on. Throws std::bad_alloc, when nothing is changed.
void remove_request_header(ngx_http_request_t* r, std::string_view lower_name);

// add_request_header appends a header; all three texts must live as long as the request. Throws std::bad_alloc.
void add_request_header(ngx_http_request_t* r, std::string_view name, std::string_view lower_name,
                        std::string_view value);

}  // namespace refedge::edge
