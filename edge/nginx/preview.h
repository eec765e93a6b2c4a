// What an unfurler is shown instead of a redirect.
#pragma once

#include <string_view>

#include "edge/links/link_record.h"
#include "edge/nginx/ngx.h"

namespace refedge::edge {

// make_preview gives the page of a link, in the request's pool; empty when the link has no preview, or none
// that makes a page: the unfurler is then redirected like anybody else. Throws std::bad_alloc.
[[nodiscard]] std::string_view make_preview(ngx_http_request_t* r, const LinkPreview& preview);

}  // namespace refedge::edge
