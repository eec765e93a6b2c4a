// PKCS#7 padding to whole AES blocks. Private to src/core/crypto. Spec: RFC 5652 section 6.3.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/crypto/crypto.h"

namespace refedge::crypto {

[[nodiscard]] inline std::string pad(std::string_view plain) {
  const std::size_t padding = kAesBlockLength - plain.size() % kAesBlockLength;
  std::string text;
  text.reserve(plain.size() + padding);
  text.append(plain).append(padding, static_cast<char>(padding));
  return text;
}

[[nodiscard]] inline bool is_whole_blocks(std::string_view cipher) noexcept {
  return !cipher.empty() && cipher.size() % kAesBlockLength == 0;
}

// The length of the padding at the end of `text`, or 0 when it is none. No branch depends on the decrypted
// bytes before the last line. Precondition: is_whole_blocks(text).
[[nodiscard]] inline std::size_t padding_length(std::string_view text) noexcept {
  const auto last = static_cast<std::uint8_t>(text.back());
  unsigned wrong = (last - 1U) & ~0xFU;
  for (unsigned i = 0; i < kAesBlockLength; ++i) {
    const auto value = static_cast<std::uint8_t>(text[text.size() - 1 - i]);
    const unsigned in_padding = 0U - static_cast<unsigned>(i < last);
    wrong |= in_padding & (value ^ static_cast<unsigned>(last));
  }
  return wrong == 0 ? last : 0;
}

}  // namespace refedge::crypto
