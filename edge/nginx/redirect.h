// The share link's redirect: GET /r/<code>.
#pragma once

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// foresee_redirect has the link of what looks like such a request brought from memory while nginx goes through its phases.
ngx_int_t foresee_redirect(ngx_http_request_t* r);

// handle_redirect is the content handler of a location with `refedge_redirect on`.
ngx_int_t handle_redirect(ngx_http_request_t* r);

}  // namespace refedge::edge
