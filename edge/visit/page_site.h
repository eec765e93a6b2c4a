// Which pages may read an answer. Spec: docs/protocol.md#track.
#pragma once

#include <string_view>

namespace refedge::edge {

// is_page_of_site tells whether `page_origin`, an Origin header, is of the registrable domain of `host`
// (without a port) or below it. Where the host has no registrable domain (an address, a single label), the
// host itself stands for it.
[[nodiscard]] bool is_page_of_site(std::string_view page_origin, std::string_view host);

}  // namespace refedge::edge
