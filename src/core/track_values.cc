// The values of a track payload: money, e-mail addresses, names.
#include <algorithm>
#include <cstddef>

#include "core/ascii.h"
#include "core/known_fields.h"
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

// Leaves the amount in minor units in `value`. The form is judged before the size.
Errc read_money(std::string_view text, std::int64_t& value) noexcept {
  if (text.size() > kMaxMoneyLength) return Errc::kTooLong;
  const std::size_t dot = std::min(text.find('.'), text.size());
  std::size_t places = text.size() - dot;  // the dot and the digits behind it
  if (dot == 0 || places == 1 || places > 3) return Errc::kInvalidField;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == dot) continue;
    if (!is_digit(text[i])) return Errc::kInvalidField;
    if (value <= kMaxMoneyMinorUnits) value = value * 10 + (text[i] - '0');
  }
  for (places = std::max<std::size_t>(places, 1); places < 3; ++places) value *= 10;
  return value > kMaxMoneyMinorUnits ? Errc::kTooLong : Errc::kOk;
}

}  // namespace

Result<std::int64_t> parse_money(std::string_view text) {
  std::int64_t value = 0;
  const Errc wrong = read_money(text, value);
  if (wrong != Errc::kOk) return wrong;
  return value;
}

Errc check_money(const Field& field) {
  std::int64_t value = 0;
  return read_money(field.value, value);
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
