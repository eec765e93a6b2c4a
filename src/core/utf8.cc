#include "refedge/utf8.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace refedge {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t i) noexcept {
  return static_cast<std::uint8_t>(text[i]);
}

// Length of the multi-byte character that starts at `i`, or 0 when it is ill-formed: a lead byte that none
// has, a form longer than it need be, a surrogate, or above U+10FFFF (RFC 3629 section 3).
std::size_t character_length(std::string_view text, std::size_t i) noexcept {
  const std::uint32_t lead = byte_at(text, i);
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() - i < length) return 0;
  std::uint32_t code = lead & (0x7F >> length);
  for (std::size_t k = 1; k < length; ++k) {
    const std::uint32_t next = byte_at(text, i + k) ^ 0x80U;
    if (next > 0x3F) return 0;
    code = code << 6 | next;
  }
  // Two bytes are too many below 0x80, which is the lead bytes below 0xC2; n bytes are below 2^(5n - 4).
  const bool is_sound = code >> (5 * length - 4) != 0 && code >> 11 != 0xD800 >> 11 && code <= 0x10FFFF;
  return is_sound ? length : 0;
}

// The first character at or after `i` that may be beyond ASCII. Most text has none: eight bytes at a time.
std::size_t skip_ascii(std::string_view text, std::size_t i) noexcept {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::uint64_t eight = 0;
  for (; text.size() - i >= sizeof eight; i += sizeof eight) {
    std::memcpy(&eight, text.data() + i, sizeof eight);
    if ((eight & kHighBits) != 0) break;
  }
  while (i < text.size() && byte_at(text, i) < 0x80) ++i;
  return i;
}

}  // namespace

bool is_valid_utf8(std::string_view text) noexcept {
  std::size_t i = 0;
  while ((i = skip_ascii(text, i)) < text.size()) {
    const std::size_t length = character_length(text, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

}  // namespace refedge
