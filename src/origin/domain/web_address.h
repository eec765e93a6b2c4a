// Web addresses that an operator gives: a campaign's destination and page, a market's webhook.
#pragma once

#include <cstddef>
#include <string_view>

namespace refedge::origin {

// What a destination may be at most: with `ref` and `bp_e` it must stay within kMaxUrlLength.
inline constexpr std::size_t kMaxDestinationLength = 1024;

// is_web_address tells whether `text` is an absolute http or https URL with a host and without user or
// password, of printable ASCII (0x21 to 0x7E), of at most kMaxDestinationLength bytes.
// Spec: docs/protocol.md#link-table (what a location may hold).
[[nodiscard]] bool is_web_address(std::string_view text);

}  // namespace refedge::origin
