// The dates of capillary.h.
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/ascii.h"
#include "refedge/capillary.h"
#include "refedge/share_code.h"

namespace refedge {
namespace {

// A digit says which number of the date the text has a digit of there.
constexpr std::string_view kShape = "00001122T33:44:55.";

// 32 bits hold the days of all years of four digits; only seconds take more.
struct Date {
  std::array<std::uint32_t, 6> numbers{};

  [[nodiscard]] std::uint32_t year() const noexcept { return numbers[0]; }
  [[nodiscard]] std::uint32_t month() const noexcept { return numbers[1]; }
  [[nodiscard]] std::uint32_t day() const noexcept { return numbers[2]; }
  [[nodiscard]] std::uint32_t hour() const noexcept { return numbers[3]; }
  [[nodiscard]] std::uint32_t minute() const noexcept { return numbers[4]; }
  [[nodiscard]] std::uint32_t second() const noexcept { return numbers[5]; }
};

// Precondition: the text is as long as the shape.
bool read_date(std::string_view text, Date& date) noexcept {
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool is_number = is_digit(kShape[i]);
    if (is_number ? !is_digit(text[i]) : text[i] != kShape[i]) return false;
    if (!is_number) continue;
    std::uint32_t& number = date.numbers[static_cast<std::size_t>(kShape[i] - '0')];
    number = number * 10 + static_cast<std::uint32_t>(text[i] - '0');
  }
  return true;
}

// Days from 1 January 1970 to the first of a month. Month 13 is the next January: the year is counted from
// March, so that its leap day comes last, and from there the months' lengths follow 153 days for five.
std::uint32_t days_to(std::uint32_t year, std::uint32_t month) noexcept {
  if (month <= 2) {
    --year;
    month += 12;
  }
  return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 - 457) / 5 - 719468;
}

bool is_sound(const Date& date) noexcept {
  const std::uint32_t days_in_month =
      days_to(date.year(), date.month() + 1) - days_to(date.year(), date.month());
  return date.year() >= 1970 && date.month() >= 1 && date.month() <= 12 && date.day() >= 1 &&
         date.day() <= days_in_month && date.hour() < 24 && date.minute() < 60 && date.second() < 60;
}

std::int64_t unix_seconds(const Date& date) noexcept {
  const std::uint32_t days = days_to(date.year(), date.month()) + date.day() - 1;
  return std::int64_t{days} * 86400 + (date.hour() * 60 + date.minute()) * 60 + date.second();
}

}  // namespace

Result<InvitedOn> parse_invited_on(std::string_view text) {
  Date date;
  const bool is_invited_on = text.size() > kShape.size() && read_date(text, date) && is_sound(date) &&
                             is_share_code(text.substr(kShape.size()));
  if (!is_invited_on) return {Errc::kInvalidField, "invited_on"};
  return InvitedOn{unix_seconds(date), text.substr(kShape.size())};
}

}  // namespace refedge
