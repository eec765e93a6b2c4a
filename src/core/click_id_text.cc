#include "refedge/click_id_text.h"

#include <cstddef>

namespace refedge {

ClickIdText format_click_id(std::uint64_t unix_ms, const std::array<std::uint8_t, 10>& random) noexcept {
  std::array<std::uint8_t, 16> bytes;
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(unix_ms >> (40 - 8 * i));
  for (std::size_t i = 0; i < random.size(); ++i) bytes[6 + i] = random[i];
  bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0F));  // version 7
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));  // variant 10
  return format_uuid(bytes);
}

}  // namespace refedge
