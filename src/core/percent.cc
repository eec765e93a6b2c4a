#include "refedge/percent.h"

#include <cstddef>

#include "core/ascii.h"

namespace refedge {
namespace {

bool is_unreserved(char c) noexcept { return is_url_safe(c) || c == '.' || c == '~'; }

}  // namespace

std::string percent_encode(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 4);
  for (const char c : bytes) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto value = static_cast<unsigned char>(c);
    out += '%';
    out += kUpperHexDigits[value >> 4];
    out += kUpperHexDigits[value & 0xF];
  }
  return out;
}

Result<std::string> percent_decode(std::string_view text, PlusMeans plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i] == '+' && plus == PlusMeans::kSpace ? ' ' : text[i];
      continue;
    }
    if (text.size() - i < 3) return Errc::kInvalidPercentEncoding;
    const int high = hex_digit_value(text[i + 1]);
    const int low = hex_digit_value(text[i + 2]);
    if (high < 0 || low < 0) return Errc::kInvalidPercentEncoding;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

}  // namespace refedge
