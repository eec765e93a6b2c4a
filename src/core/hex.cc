#include "refedge/hex.h"

#include <cstddef>

#include "core/ascii.h"

namespace refedge {

std::string hex_encode(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto value = static_cast<unsigned char>(c);
    out += kLowerHexDigits[value >> 4];
    out += kLowerHexDigits[value & 0xF];
  }
  return out;
}

Result<std::string> hex_decode(std::string_view text) {
  if (text.size() % 2 != 0) return Errc::kInvalidHex;
  std::string out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit_value(text[i]);
    const int low = hex_digit_value(text[i + 1]);
    if (high < 0 || low < 0) return Errc::kInvalidHex;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

}  // namespace refedge
