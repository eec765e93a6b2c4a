#include "refedge/cookie.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/cookie_parts.h"
#include "core/decimal.h"
#include "core/take_until.h"
#include "refedge/click_id.h"
#include "refedge/share_code.h"

namespace refedge {
namespace {

constexpr std::int64_t kMaxUnixSeconds = 253402300799;  // 9999-12-31T23:59:59Z
constexpr std::string_view kVersion = "1";
constexpr std::size_t kMaxVersionLength = 3;

bool is_click_id_or_empty(std::string_view text) noexcept { return text.empty() || is_click_id(text); }

bool is_tag(std::string_view text) noexcept {
  return text.size() == kCookieTagLength && all_of(text, is_url_safe);
}

bool is_other_version(std::string_view part) noexcept {
  return !part.empty() && part.size() <= kMaxVersionLength && all_of(part, is_digit) && part != kVersion;
}

}  // namespace

Result<std::string> build_cookie(const ReferralCookie& cookie) {
  if (!is_share_code(cookie.code)) return {Errc::kInvalidField, "code"};
  if (!is_click_id_or_empty(cookie.click_id)) return {Errc::kInvalidField, "click_id"};
  if (cookie.captured_at < 0 || cookie.captured_at > kMaxUnixSeconds) {
    return {Errc::kInvalidField, "captured_at"};
  }
  std::string value;
  value.reserve(kMaxCookieLength);
  value.append(kVersion).append(1, '.').append(cookie.code).append(1, '.').append(cookie.click_id);
  value += '.';
  append_decimal(value, cookie.captured_at);
  return value;
}

Result<CookieParts> split_cookie(std::string_view value) {
  std::string_view rest = value;
  const std::string_view version = take_until(rest, '.');
  if (is_other_version(version)) return {Errc::kUnsupportedVersion, "cookie"};
  const std::string_view code = take_until(rest, '.');
  const std::string_view click_id = take_until(rest, '.');
  const auto captured_at = parse_decimal(take_until(rest, '.'), kMaxUnixSeconds);
  if (version != kVersion || !is_share_code(code) || !is_click_id_or_empty(click_id) || !captured_at) {
    return {Errc::kInvalidField, "cookie"};
  }
  const bool is_signed = !rest.empty();
  if (is_signed ? !is_tag(rest) : value.ends_with('.')) return {Errc::kInvalidField, "cookie"};
  const std::size_t tag_length = is_signed ? kCookieTagLength + 1 : 0;
  return CookieParts{{std::string(code), std::string(click_id), *captured_at},
                     value.substr(0, value.size() - tag_length),
                     rest};
}

Result<ReferralCookie> parse_cookie(std::string_view value) {
  auto parts = split_cookie(value);
  if (!parts) return parts.error();
  return std::move(parts->cookie);
}

}  // namespace refedge
