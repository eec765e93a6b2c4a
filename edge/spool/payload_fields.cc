#include "edge/spool/payload_fields.h"

#include <algorithm>
#include <charconv>

namespace refedge::edge {

std::size_t put_field(std::span<char> out, std::size_t at, std::string_view field) noexcept {
  out[at] = static_cast<char>(field.size() & 0xFF);
  out[at + 1] = static_cast<char>(field.size() >> 8 & 0xFF);
  std::copy(field.begin(), field.end(), out.begin() + static_cast<std::ptrdiff_t>(at) + 2);
  return at + 2 + field.size();
}

std::optional<std::string_view> take_field(std::string_view& rest) noexcept {
  if (rest.size() < 2) return std::nullopt;
  const auto low = static_cast<std::uint8_t>(rest[0]);
  const auto high = static_cast<std::uint8_t>(rest[1]);
  const std::size_t length = static_cast<std::size_t>(low) | static_cast<std::size_t>(high) << 8;
  if (rest.size() - 2 < length) return std::nullopt;
  const std::string_view field = rest.substr(2, length);
  rest.remove_prefix(2 + length);
  return field;
}

Decimal::Decimal(std::uint64_t number) noexcept {
  const auto written = std::to_chars(digits_.data(), digits_.data() + digits_.size(), number);
  length_ = static_cast<std::size_t>(written.ptr - digits_.data());
}

bool read_decimal(std::string_view text, std::uint64_t& number) noexcept {
  if (text.size() > 1 && text.front() == '0') return false;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stop == end;
}

}  // namespace refedge::edge
