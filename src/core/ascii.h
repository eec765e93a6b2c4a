// ASCII character classes without locale, for all of the core. Private to src/core.
#pragma once

#include <string_view>

namespace refedge {

inline constexpr std::string_view kLowerHexDigits = "0123456789abcdef";
inline constexpr std::string_view kUpperHexDigits = "0123456789ABCDEF";

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_alphanumeric(char c) noexcept {
  return is_digit(c) || is_lower(c) || is_upper(c);
}

// The alphabet of share-link codes, key ids and base64url.
[[nodiscard]] constexpr bool is_url_safe(char c) noexcept {
  return is_alphanumeric(c) || c == '_' || c == '-';
}

[[nodiscard]] constexpr bool is_control(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}
// A character of a token (RFC 7230 section 3.2.6).
[[nodiscard]] constexpr bool is_token_character(char c) noexcept {
  return is_alphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

[[nodiscard]] constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }
[[nodiscard]] constexpr bool is_white_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

[[nodiscard]] constexpr char to_lower(char c) noexcept {
  return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}

// The value of a hex digit of either case, or -1.
[[nodiscard]] constexpr int hex_digit_value(char c) noexcept {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

template <class Predicate>
[[nodiscard]] constexpr bool all_of(std::string_view text, Predicate predicate) noexcept {
  for (const char c : text) {
    if (!predicate(c)) return false;
  }
  return true;
}

// trim drops the characters at both ends for which `predicate` holds.
template <class Predicate>
[[nodiscard]] constexpr std::string_view trim(std::string_view text, Predicate predicate) noexcept {
  while (!text.empty() && predicate(text.front())) text.remove_prefix(1);
  while (!text.empty() && predicate(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace refedge
