#include "refedge/percent.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/replace.h"

namespace refedge {
namespace {

bool is_unreserved(char c) noexcept { return is_url_safe(c) || c == '.' || c == '~'; }

void append_plain(std::string& out, std::string_view text, PlusMeans plus) {
  const std::size_t begin = out.size();
  out += text;
  if (plus == PlusMeans::kSpace) replace_from(out, begin, '+', ' ');
}

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
  while (true) {
    const std::size_t percent = text.find('%');
    append_plain(out, text.substr(0, percent), plus);
    if (percent == std::string_view::npos) return out;
    text.remove_prefix(percent);
    const int high = text.size() < 3 ? -1 : hex_digit_value(text[1]);
    const int low = text.size() < 3 ? -1 : hex_digit_value(text[2]);
    if (high < 0 || low < 0) return Errc::kInvalidPercentEncoding;
    out += static_cast<char>(high * 16 + low);
    text.remove_prefix(3);
  }
}

}  // namespace refedge
