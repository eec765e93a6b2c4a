#include "refedge/uuid_text.h"

#include <bit>
#include <cstddef>
#include <cstring>

namespace refedge {
namespace {

static_assert(std::endian::native == std::endian::little);

// Eight digits at once, a byte of the result each: of four bytes the upper and the lower halves are spread over eight bytes, and those above 9
// become letters.
std::uint64_t hex_digits(std::uint32_t four_bytes) noexcept {
  std::uint64_t x = four_bytes;
  x = (x | x << 16) & 0x0000'FFFF'0000'FFFF;
  x = (x | x << 8) & 0x00FF'00FF'00FF'00FF;
  x = (x >> 4 & 0x000F'000F'000F'000F) | (x & 0x000F'000F'000F'000F) << 8;
  const std::uint64_t letters = (x + 0x0606'0606'0606'0606) >> 4 & 0x0101'0101'0101'0101;
  return x + 0x3030'3030'3030'3030 + letters * ('a' - '0' - 10);
}

}  // namespace

UuidText format_uuid(const std::array<std::uint8_t, 16>& bytes) noexcept {
  std::array<std::uint32_t, 4> words;
  std::memcpy(words.data(), bytes.data(), bytes.size());
  std::array<char, 32> digits;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint64_t eight = hex_digits(words[i]);
    std::memcpy(&digits[8 * i], &eight, sizeof eight);
  }
  UuidText text;
  std::memcpy(&text[0], &digits[0], 8);
  std::memcpy(&text[9], &digits[8], 4);
  std::memcpy(&text[14], &digits[12], 4);
  std::memcpy(&text[19], &digits[16], 4);
  std::memcpy(&text[24], &digits[20], 12);
  text[8] = text[13] = text[18] = text[23] = '-';
  return text;
}

}  // namespace refedge
