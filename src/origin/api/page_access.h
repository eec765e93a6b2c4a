// Which pages may read an answer. Spec: docs/protocol.md#track.
#pragma once

#include <string_view>

#include "origin/api/request.h"

namespace refedge::origin {

// allow_own_pages lets pages of the market's own site read the response, with their cookies, which the edge
// looks at. It tells whether the request is such a page's.
bool allow_own_pages(const Request& request, std::string_view market_domain, Response& response);

// allow_pages lets every other page read it, too, without cookies: there is nothing in it for those that have
// none.
void allow_pages(const Request& request, std::string_view market_domain, Response& response);

}  // namespace refedge::origin
