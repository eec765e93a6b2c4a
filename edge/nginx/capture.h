// refedge_capture: `?ref=` on any page becomes a cookie, on a cached response too. Spec:
// docs/protocol.md#capture.
#pragma once

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// handle_capture judges a request in the preaccess phase, before a cache or an upstream answers, so that the
// module's variables are there for what is sent to the upstream.
ngx_int_t handle_capture(ngx_http_request_t* r);

// install_capture_filter puts the module's header filter before nginx's: it adds the cookie to the response,
// after the cache, which therefore never stores it.
void install_capture_filter();

}  // namespace refedge::edge
