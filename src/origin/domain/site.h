// Sites: which hosts belong together, by the public suffix list.
#pragma once

#include <string>
#include <string_view>

namespace refedge::origin {

// host_of returns the host of `authority` (host[:port], as in a Host header or a market's domain), in
// lower case. An IPv6 address keeps its brackets. Empty in, empty out.
[[nodiscard]] std::string host_of(std::string_view authority);

// registrable_domain returns the part of `host` that one owner registers: "bp.shop.co.uk" -> "shop.co.uk".
// A host that has none (an address, "localhost", a public suffix) is its own.
[[nodiscard]] std::string registrable_domain(std::string_view host);

// is_of_site tells whether `page_origin` (an Origin header: scheme://host[:port]) is http or https and its
// host is the registrable domain of `market_domain` or below it.
[[nodiscard]] bool is_of_site(std::string_view page_origin, std::string_view market_domain);

}  // namespace refedge::origin
