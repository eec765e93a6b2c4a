// Whole numbers in decimal text, the only way in which numbers cross the core's text formats. Written out
// because <charconv> brings tables of digits and powers that cost the browser's module a tenth of its size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ascii.h"

namespace refedge {

inline constexpr std::size_t kMaxDecimalDigits = 19;  // of INT64_MAX; no number of as many overflows 64 bits

// parse_decimal reads digits without sign, blank or leading zero ("0" itself is fine) up to `max`;
// nothing for any other text.
[[nodiscard]] inline std::optional<std::int64_t> parse_decimal(std::string_view text,
                                                               std::int64_t max) noexcept {
  if (text.empty() || text.size() > kMaxDecimalDigits || !all_of(text, is_digit)) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  if (max < 0 || value > static_cast<std::uint64_t>(max)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

inline void append_decimal(std::string& out, std::int64_t value) {
  char digits[kMaxDecimalDigits + 1];  // and a sign
  char* begin = digits + sizeof digits;
  // Unsigned negation holds for INT64_MIN too.
  std::uint64_t rest = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  do {
    *--begin = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (value < 0) *--begin = '-';
  out.append(begin, static_cast<std::size_t>(digits + sizeof digits - begin));
}

}  // namespace refedge
