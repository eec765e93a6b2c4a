// Attribution on the way to the origin: POST /track and what else the operator proxies.
#pragma once

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// handle_track runs in the preaccess phase of locations with `refedge_track on`: it takes the client's
// Refedge-Attribution header out of the request and puts in the value of a verified `_refedge` cookie, if there is
// one. The request then goes on, to proxy_pass or whatever the location does.
ngx_int_t handle_track(ngx_http_request_t* r);

}  // namespace refedge::edge
