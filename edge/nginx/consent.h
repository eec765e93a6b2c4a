// Whether a cookie may be set for this visitor.
#pragma once

#include "edge/nginx/ngx.h"
#include "edge/nginx/request_headers.h"

namespace refedge::edge {

// consent_header_name gives the header that the location's rule looks at, in lower case; empty when it looks
// at none.
[[nodiscard]] std::string_view consent_header_name(ngx_http_request_t* r) noexcept;

// may_set_cookie judges the request by the location's rule (refedge_consent). Throws std::bad_alloc.
[[nodiscard]] bool may_set_cookie(ngx_http_request_t* r, const VisitHeaders& headers);

}  // namespace refedge::edge
