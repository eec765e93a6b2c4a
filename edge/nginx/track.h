// Orders on the way to the origin: attribution, and an intake that does not depend on it.
#pragma once

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// attribute_request runs in the preaccess phase of locations with `refedge_track on`: it takes the client's
// Refedge-Attribution header out of the request and puts in the value of a verified `_refedge` cookie, if there is
// one. The request then goes on, to proxy_pass or whatever the location does.
ngx_int_t attribute_request(ngx_http_request_t* r);

// take_conversion runs in the precontent phase, where there is a spool: it reads the body of a POST whose path ends in
// `/track`, so that the order can be kept should the origin not answer in time. See track_filter.h.
ngx_int_t take_conversion(ngx_http_request_t* r);

// is_conversion_request tells whether the location and the request are those of take_conversion.
[[nodiscard]] bool is_conversion_request(ngx_http_request_t* r) noexcept;

}  // namespace refedge::edge
