// The dates of capillary.h.
#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "core/ascii.h"
#include "refedge/capillary.h"
#include "refedge/share_code.h"

namespace refedge {
namespace {

// A digit says which number of the date the text has a digit of there.
constexpr std::string_view kShape = "00001122T33:44:55.";

struct Date {
  std::array<std::int64_t, 6> numbers{};

  [[nodiscard]] std::int64_t year() const noexcept { return numbers[0]; }
  [[nodiscard]] std::int64_t month() const noexcept { return numbers[1]; }
  [[nodiscard]] std::int64_t day() const noexcept { return numbers[2]; }
  [[nodiscard]] std::int64_t hour() const noexcept { return numbers[3]; }
  [[nodiscard]] std::int64_t minute() const noexcept { return numbers[4]; }
  [[nodiscard]] std::int64_t second() const noexcept { return numbers[5]; }
};

std::optional<Date> read_date(std::string_view text) noexcept {
  if (text.size() < kShape.size()) return std::nullopt;
  Date date;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool is_number = is_digit(kShape[i]);
    if (is_number ? !is_digit(text[i]) : text[i] != kShape[i]) return std::nullopt;
    if (!is_number) continue;
    std::int64_t& number = date.numbers[static_cast<std::size_t>(kShape[i] - '0')];
    number = number * 10 + (text[i] - '0');
  }
  return date;
}

bool is_leap_year(std::int64_t year) noexcept {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

// August is as long as July; before and after them the long months alternate.
std::int64_t days_in_month(std::int64_t year, std::int64_t month) noexcept {
  if (month == 2) return is_leap_year(year) ? 29 : 28;
  return 30 + (month + month / 8) % 2;
}

// Days from 1 January 1970 to 1 January of `year`.
std::int64_t days_to_year(std::int64_t year) noexcept {
  const auto leap_days = [](std::int64_t y) { return y / 4 - y / 100 + y / 400; };
  return (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969);
}

bool is_sound(const Date& date) noexcept {
  return date.year() >= 1970 && date.month() >= 1 && date.month() <= 12 && date.day() >= 1 &&
         date.day() <= days_in_month(date.year(), date.month()) && date.hour() < 24 && date.minute() < 60 &&
         date.second() < 60;
}

std::int64_t unix_seconds(const Date& date) noexcept {
  std::int64_t days = days_to_year(date.year()) + date.day() - 1;
  for (std::int64_t month = 1; month < date.month(); ++month) days += days_in_month(date.year(), month);
  return ((days * 24 + date.hour()) * 60 + date.minute()) * 60 + date.second();
}

}  // namespace

Result<InvitedOn> parse_invited_on(std::string_view text) {
  const auto date = read_date(text);
  const std::string_view code = text.substr(std::min(text.size(), kShape.size()));
  if (!date || !is_sound(*date) || !is_share_code(code)) return {Errc::kInvalidField, "invited_on"};
  return InvitedOn{unix_seconds(*date), code};
}

}  // namespace refedge
