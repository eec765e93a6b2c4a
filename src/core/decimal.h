// Whole numbers in decimal text, the only way in which numbers cross the core's text formats.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ascii.h"

namespace refedge {

// parse_decimal reads digits without sign, blank or leading zero ("0" itself is fine) up to `max`;
// nothing for any other text.
[[nodiscard]] inline std::optional<std::int64_t> parse_decimal(std::string_view text,
                                                               std::int64_t max) noexcept {
  if (text.empty() || !all_of(text, is_digit)) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || value > max) return std::nullopt;
  return value;
}

inline void append_decimal(std::string& out, std::int64_t value) {
  char digits[20];
  const auto written = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, written.ptr);
}

}  // namespace refedge
