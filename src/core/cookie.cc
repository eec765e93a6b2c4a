#include "refedge/cookie.h"

#include <array>
#include <cstddef>
#include <optional>

#include "core/ascii.h"
#include "core/cookie_parts.h"
#include "core/decimal.h"
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

// Splits at dots into as many parts as there are; nothing when there are more than fit.
std::optional<std::size_t> split(std::string_view value, std::array<std::string_view, 5>& parts) noexcept {
  std::size_t num_parts = 0;
  while (num_parts < parts.size()) {
    const std::size_t dot = value.find('.');
    parts[num_parts++] = value.substr(0, dot);
    if (dot == std::string_view::npos) return num_parts;
    value.remove_prefix(dot + 1);
  }
  return std::nullopt;
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
  std::array<std::string_view, 5> parts;
  const auto num_parts = split(value, parts);
  if (is_other_version(parts[0])) return {Errc::kUnsupportedVersion, "cookie"};
  if (!num_parts || *num_parts < 4 || parts[0] != kVersion) return {Errc::kInvalidField, "cookie"};
  const bool is_signed = *num_parts == 5;
  const auto captured_at = parse_decimal(parts[3], kMaxUnixSeconds);
  if (!is_share_code(parts[1]) || !is_click_id_or_empty(parts[2]) || !captured_at ||
      (is_signed && !is_tag(parts[4]))) {
    return {Errc::kInvalidField, "cookie"};
  }
  const std::size_t tag_length = is_signed ? kCookieTagLength + 1 : 0;
  return CookieParts{{std::string(parts[1]), std::string(parts[2]), *captured_at},
                     value.substr(0, value.size() - tag_length),
                     parts[4]};
}

Result<ReferralCookie> parse_cookie(std::string_view value) {
  auto parts = split_cookie(value);
  if (!parts) return parts.error();
  return std::move(parts->cookie);
}

}  // namespace refedge
