// Which pages may read what the edge itself answers. Spec: docs/protocol.md#track.
#pragma once

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// is_own_page tells whether a page of the request's own site asks, by Origin.
[[nodiscard]] bool is_own_page(ngx_http_request_t* r);

// allow_page lets the page that asks read the response: with its cookies where it is of the site, without them
// otherwise. `is_preflight` says besides what it may ask for. Throws std::bad_alloc.
void allow_page(ngx_http_request_t* r, bool is_preflight);

}  // namespace refedge::edge
