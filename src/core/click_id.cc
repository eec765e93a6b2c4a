#include "refedge/click_id.h"

#include <cstddef>

#include "core/ascii.h"

namespace refedge {
namespace {

constexpr std::string_view kShape = "xxxxxxxx-xxxx-7xxx-vxxx-xxxxxxxxxxxx";  // v: 8, 9, a or b

bool fits(char shape, char c) noexcept {
  switch (shape) {
    case 'x':
      return is_digit(c) || (c >= 'a' && c <= 'f');
    case 'v':
      return c == '8' || c == '9' || c == 'a' || c == 'b';
    default:
      return c == shape;
  }
}

std::array<std::uint8_t, 16> uuid_bytes(std::uint64_t unix_ms,
                                        const std::array<std::uint8_t, 10>& random) noexcept {
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(unix_ms >> (40 - 8 * i));
  for (std::size_t i = 0; i < random.size(); ++i) bytes[6 + i] = random[i];
  bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0F));  // version 7
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));  // variant 10
  return bytes;
}

}  // namespace

std::string make_click_id(std::uint64_t unix_ms, const std::array<std::uint8_t, 10>& random) {
  const auto bytes = uuid_bytes(unix_ms, random);
  std::string id(kShape);
  std::size_t nibble = 0;
  for (char& c : id) {
    if (c == '-') continue;
    const unsigned shift = nibble % 2 == 0 ? 4 : 0;
    c = kLowerHexDigits[(bytes[nibble / 2] >> shift) & 0xF];
    ++nibble;
  }
  return id;
}

bool is_click_id(std::string_view text) noexcept {
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!fits(kShape[i], text[i])) return false;
  }
  return true;
}

}  // namespace refedge
