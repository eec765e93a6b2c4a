#include "refedge/percent.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/percent_text.h"
#include "core/replace.h"

namespace refedge {

void append_encoded(std::string& out, std::string_view bytes) {
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
}

bool append_decoded(std::string& out, std::string_view text, PlusMeans plus) {
  while (true) {
    const std::size_t percent = text.find('%');
    const std::size_t begin = out.size();
    out += text.substr(0, percent);
    if (plus == PlusMeans::kSpace) replace_from(out, begin, '+', ' ');
    if (percent == std::string_view::npos) return true;
    text.remove_prefix(percent);
    const int high = text.size() < 3 ? -1 : hex_digit_value(text[1]);
    const int low = text.size() < 3 ? -1 : hex_digit_value(text[2]);
    if (high < 0 || low < 0) return false;
    out += static_cast<char>(high * 16 + low);
    text.remove_prefix(3);
  }
}

std::string percent_encode(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 4);
  append_encoded(out, bytes);
  return out;
}

Result<std::string> percent_decode(std::string_view text, PlusMeans plus) {
  std::string out;
  out.reserve(text.size());
  if (!append_decoded(out, text, plus)) return Errc::kInvalidPercentEncoding;
  return out;
}

}  // namespace refedge
