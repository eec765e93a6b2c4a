#include "refedge/hex.h"

#include <cstddef>

#include "core/ascii.h"

namespace refedge {

std::string hex_encode(std::string_view bytes) {
  std::string out(bytes.size() * 2, '\0');
  char* to = out.data();
  for (const char *p = bytes.data(), *end = p + bytes.size(); p != end; ++p) {
    const auto value = static_cast<unsigned char>(*p);
    *to++ = kLowerHexDigits[value >> 4];
    *to++ = kLowerHexDigits[value & 0xF];
  }
  return out;
}

Result<std::string> hex_decode(std::string_view text) {
  if (text.size() % 2 != 0) return Errc::kInvalidHex;
  std::string out(text.size() / 2, '\0');
  char* to = out.data();
  for (const char *p = text.data(), *end = p + text.size(); p != end; p += 2) {
    const int high = hex_digit_value(p[0]);
    const int low = hex_digit_value(p[1]);
    if (high < 0 || low < 0) return Errc::kInvalidHex;
    *to++ = static_cast<char>(high * 16 + low);
  }
  return out;
}

}  // namespace refedge
