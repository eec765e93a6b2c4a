#include "refedge/utf8.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace refedge {
namespace {

// A lead byte: how many continuation bytes follow it, and the range of the first of them, which is what
// rules out overlong forms, surrogates and everything above U+10FFFF (the ABNF of RFC 3629 section 4).
struct Sequence {
  std::size_t num_continuations;
  std::uint8_t low;
  std::uint8_t high;
};

constexpr Sequence kIllFormed = {0, 1, 0};

constexpr Sequence sequence_of(std::uint8_t lead) noexcept {
  if (lead >= 0xC2 && lead <= 0xDF) return {1, 0x80, 0xBF};
  if (lead == 0xE0) return {2, 0xA0, 0xBF};
  if (lead == 0xED) return {2, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {2, 0x80, 0xBF};
  if (lead == 0xF0) return {3, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {3, 0x80, 0xBF};
  if (lead == 0xF4) return {3, 0x80, 0x8F};
  return kIllFormed;
}

std::uint8_t byte_at(std::string_view text, std::size_t i) noexcept {
  return static_cast<std::uint8_t>(text[i]);
}

// Length of the multi-byte character that starts at `i`, or 0 when it is ill-formed.
std::size_t character_length(std::string_view text, std::size_t i) noexcept {
  const Sequence sequence = sequence_of(byte_at(text, i));
  if (sequence.num_continuations == 0 || text.size() - i <= sequence.num_continuations) return 0;
  const std::uint8_t first = byte_at(text, i + 1);
  if (first < sequence.low || first > sequence.high) return 0;
  for (std::size_t k = 2; k <= sequence.num_continuations; ++k) {
    if ((byte_at(text, i + k) & 0xC0) != 0x80) return 0;
  }
  return sequence.num_continuations + 1;
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
  for (std::size_t i = skip_ascii(text, 0); i < text.size(); i = skip_ascii(text, i)) {
    const std::size_t length = character_length(text, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

}  // namespace refedge
