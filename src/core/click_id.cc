#include "refedge/click_id.h"

#include <cstddef>
#include <cstring>

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

}  // namespace

std::string make_click_id(std::uint64_t unix_ms, const std::array<std::uint8_t, 10>& random) {
  std::array<std::uint8_t, 16> bytes;
  for (std::size_t i = 6; i-- > 0; unix_ms >>= 8) bytes[i] = static_cast<std::uint8_t>(unix_ms);
  std::memcpy(&bytes[6], random.data(), random.size());
  std::string id(kShape);
  std::size_t nibble = 0;
  for (char& c : id) {
    if (c == '-') continue;
    const unsigned bits = unsigned{bytes[nibble / 2]} >> (nibble % 2 == 0 ? 4 : 0);
    ++nibble;
    if (c == 'x') c = kLowerHexDigits[bits & 0xF];
    if (c == 'v') c = kLowerHexDigits[8 | (bits & 3)];  // variant 10; the version stands in the shape
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
