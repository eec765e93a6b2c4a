// The dates of capillary.h.
#include <array>
#include <cstddef>

#include "core/ascii.h"
#include "refedge/capillary.h"
#include "refedge/share_code.h"

namespace refedge {
namespace {

constexpr std::string_view kShape = "dddddddd" "Tdd:dd:dd.";

bool has_shape(std::string_view text) noexcept {
  if (text.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == 'd' ? !is_digit(text[i]) : text[i] != kShape[i]) return false;
  }
  return true;
}

std::int64_t number_at(std::string_view text, std::size_t begin, std::size_t length) noexcept {
  std::int64_t number = 0;
  for (const char c : text.substr(begin, length)) number = number * 10 + (c - '0');
  return number;
}

bool is_leap_year(std::int64_t year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::int64_t days_in_month(std::int64_t year, std::int64_t month) noexcept {
  constexpr std::array<std::int64_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

// Days from 1 January 1970 to 1 January of `year`.
std::int64_t days_to_year(std::int64_t year) noexcept {
  const auto leap_days = [](std::int64_t y) { return y / 4 - y / 100 + y / 400; };
  return (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969);
}

struct Date {
  std::int64_t year, month, day, hour, minute, second;
};

bool is_sound(const Date& date) noexcept {
  return date.year >= 1970 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= days_in_month(date.year, date.month) && date.hour < 24 && date.minute < 60 && date.second < 60;
}

std::int64_t unix_seconds(const Date& date) noexcept {
  std::int64_t days = days_to_year(date.year) + date.day - 1;
  for (std::int64_t month = 1; month < date.month; ++month) days += days_in_month(date.year, month);
  return ((days * 24 + date.hour) * 60 + date.minute) * 60 + date.second;
}

}  // namespace

Result<InvitedOn> parse_invited_on(std::string_view text) {
  const Error wrong = {Errc::kInvalidField, "invited_on"};
  if (!has_shape(text)) return wrong;
  const Date date = {number_at(text, 0, 4),  number_at(text, 4, 2),  number_at(text, 6, 2),
                     number_at(text, 9, 2),  number_at(text, 12, 2), number_at(text, 15, 2)};
  const std::string_view code = text.substr(kShape.size());
  if (!is_sound(date) || !is_share_code(code)) return wrong;
  return InvitedOn{unix_seconds(date), code};
}

}  // namespace refedge
