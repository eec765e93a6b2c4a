// refedge_status: what this edge does, for people, dashboards and Prometheus.
#pragma once

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// handle_status is the content handler of a location with `refedge_status`.
ngx_int_t handle_status(ngx_http_request_t* r);

}  // namespace refedge::edge
