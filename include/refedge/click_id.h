// Click ids: 128 bits, ordered by time, in the layout of UUID version 7 (RFC 9562 section 5.7).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace refedge {

// make_click_id formats a UUID version 7 from `unix_ms` (milliseconds since 1970, below 2^48) and
// 10 random bytes of the host, of which 74 bits are used: 36 lower-case characters.
[[nodiscard]] std::string make_click_id(std::uint64_t unix_ms,
                                        const std::array<std::uint8_t, 10>& random);

// is_click_id tells whether `text` is the lower-case text form of a UUID version 7.
[[nodiscard]] bool is_click_id(std::string_view text) noexcept;

}  // namespace refedge
