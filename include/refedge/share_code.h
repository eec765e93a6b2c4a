// Share-link codes: what stands after /r/ and in `ref`. Spec: docs/protocol.md#share-link-codes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace refedge {

// is_share_code tells whether `text` is 1 to kMaxShareCodeLength characters of A-Z a-z 0-9 _ -.
[[nodiscard]] bool is_share_code(std::string_view text) noexcept;

// make_share_code turns 8 random bytes of the host into kShareCodeLength characters of Crockford's
// lower-case base 32 (no i, l, o, u): 60 bits; the top 4 bits of random[0] are not used.
// Example: 8 zero bytes -> "000000000000".
[[nodiscard]] std::string make_share_code(const std::array<std::uint8_t, 8>& random);

}  // namespace refedge
