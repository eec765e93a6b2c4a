#include "edge/spool/payload_fields.h"

#include <algorithm>
#include <charconv>
#include <cstring>

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

// Two digits at a time, from the end: a redirect writes one number.
Decimal::Decimal(std::uint64_t number) noexcept {
  constexpr char kPairs[] =
      "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354"
      "555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
  for (; number >= 100; number /= 100) std::memcpy(&digits_[begin_ -= 2], &kPairs[number % 100 * 2], 2);
  if (number >= 10) std::memcpy(&digits_[begin_ -= 2], &kPairs[number * 2], 2);
  else digits_[--begin_] = static_cast<char>('0' + number);
}

bool read_decimal(std::string_view text, std::uint64_t& number) noexcept {
  if (text.size() > 1 && text.front() == '0') return false;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stop == end;
}

}  // namespace refedge::edge
