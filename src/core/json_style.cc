#include "core/json_style.h"

#include <cstddef>
#include <cstdint>

#include "core/ascii.h"

namespace refedge {
namespace {

constexpr std::uint32_t kFirstSupplementary = 0x10000;
constexpr std::size_t kMaxGrowth = 3;  // a two-byte character becomes \u00e9

// Takes one character of two to four bytes off the front of `rest`.
std::uint32_t take_code_point(std::string_view& rest) noexcept {
  const auto lead = static_cast<std::uint8_t>(rest.front());
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  std::uint32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (static_cast<std::uint8_t>(rest[i]) & 0x3FU);
  rest.remove_prefix(length);
  return code;
}

void append_unit(std::string& out, std::uint32_t unit) {
  out += "\\u";
  for (unsigned shift = 16; shift > 0; shift -= 4) out += kLowerHexDigits[unit >> (shift - 4) & 0xF];
}

void append_code_point(std::string& out, std::uint32_t code) {
  if (code < kFirstSupplementary) return append_unit(out, code);
  code -= kFirstSupplementary;
  append_unit(out, 0xD800 + (code >> 10));
  append_unit(out, 0xDC00 + (code & 0x3FF));
}

bool is_separator(char c) noexcept { return c == ':' || c == ','; }

}  // namespace

std::string restyle_json(std::string_view json, const JsonStyle& style) {
  std::string out;
  out.reserve(json.size() * kMaxGrowth);
  bool in_string = false;
  while (!json.empty()) {
    const char c = json.front();
    if (style.escaped_unicode && static_cast<std::uint8_t>(c) >= 0x80) {
      append_code_point(out, take_code_point(json));
      continue;
    }
    const std::size_t length = c == '\\' && json.size() > 1 ? 2 : 1;  // an escape is copied whole
    if (c == '"') in_string = !in_string;
    if (c == '/' && style.escaped_slashes) out += '\\';
    out.append(json.substr(0, length));
    if (style.spaces && !in_string && is_separator(c)) out += ' ';
    json.remove_prefix(length);
  }
  return out;
}

}  // namespace refedge
