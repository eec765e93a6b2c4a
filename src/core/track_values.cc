// The values of a track payload: money, e-mail addresses, names.
#include <cstddef>

#include "core/ascii.h"
#include "refedge/limits.h"
#include "refedge/track.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

constexpr std::size_t kMaxLocalPartLength = 64;  // RFC 5321 section 4.5.3.1.1
constexpr std::size_t kMaxMoneyLength = 32;

bool is_ascii_or_more(char c) noexcept {
  return is_alphanumeric(c) || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_mail_domain(std::string_view domain) noexcept {
  if (domain == "localhost") return true;
  return all_of(domain, is_ascii_or_more) && domain.find('.') != std::string_view::npos &&
         domain.find("..") == std::string_view::npos && domain.front() != '.' && domain.back() != '.';
}

bool is_local_character(char c) noexcept {
  return !is_control(c) && std::string_view(" <>@").find(c) == std::string_view::npos;
}

struct Digits {
  std::string_view whole;
  std::string_view cents;
};

// Splits at the dot; what is wrong in form has no digits at all in `whole`.
Digits split_money(std::string_view text) noexcept {
  const std::size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  if (!all_of(whole, is_digit)) return {};
  if (dot == std::string_view::npos) return {whole, {}};
  const std::string_view cents = text.substr(dot + 1);
  const bool is_sound = !cents.empty() && cents.size() <= 2 && all_of(cents, is_digit);
  return is_sound ? Digits{whole, cents} : Digits{};
}

std::int64_t cents_of(std::string_view cents) noexcept {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < 2; ++i) value = value * 10 + (i < cents.size() ? cents[i] - '0' : 0);
  return value;
}

}  // namespace

Result<std::int64_t> parse_money(std::string_view text) {
  if (text.size() > kMaxMoneyLength) return Errc::kTooLong;
  const Digits digits = split_money(text);
  if (digits.whole.empty()) return Errc::kInvalidField;
  std::int64_t value = 0;
  for (const char c : digits.whole) {
    value = value * 10 + (c - '0');
    if (value > kMaxMoneyMinorUnits) return Errc::kTooLong;
  }
  value = value * 100 + cents_of(digits.cents);
  if (value > kMaxMoneyMinorUnits) return Errc::kTooLong;
  return value;
}

bool is_email(std::string_view text) noexcept {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at > kMaxLocalPartLength) return false;
  return text.size() <= kMaxEmailLength && all_of(text.substr(0, at), is_local_character) &&
         is_mail_domain(text.substr(at + 1)) && is_valid_utf8(text);
}

std::string normalise_email(std::string_view text) {
  std::string email(trim(text, is_white_space));
  for (char& c : email) c = to_lower(c);
  return email;
}

Name split_name(std::string_view text) {
  text = trim(text, is_white_space);
  std::size_t cut = text.find(',');
  if (cut == std::string_view::npos) cut = text.rfind(' ');
  if (cut == std::string_view::npos) return {std::string(text), {}};
  return {std::string(trim(text.substr(0, cut), is_white_space)),
          std::string(trim(text.substr(cut + 1), is_white_space))};
}

}  // namespace refedge
