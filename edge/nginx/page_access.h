// Which pages may read what the edge itself answers. Spec: docs/protocol.md#track.
#pragma once

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// allow_page lets the page that asks read the response: with its cookies where it is of the site, without them
// otherwise; it tells which, true for a page of the site. `is_preflight` says besides what it may ask for. Throws
// std::bad_alloc.
bool allow_page(ngx_http_request_t* r, bool is_preflight);

}  // namespace refedge::edge
