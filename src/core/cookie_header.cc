// The HTTP half of cookie.h: the Cookie and Set-Cookie headers, whatever a cookie holds.
#include "core/ascii.h"
#include "core/decimal.h"
#include "core/take_until.h"
#include "refedge/cookie.h"
#include "refedge/limits.h"

namespace refedge {
namespace {

// RFC 6265 section 4.1.1: printable ASCII but for space, quote, comma, semicolon and backslash.
bool is_cookie_octet(char c) noexcept {
  return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
}

bool is_host_character(char c) noexcept { return is_alphanumeric(c) || c == '-' || c == '.'; }

bool is_host_name(std::string_view text) noexcept {
  return all_of(text, is_host_character) && !text.starts_with('.') && !text.ends_with('.') &&
         text.find("..") == std::string_view::npos;
}

std::string_view unquote(std::string_view value) noexcept {
  const bool is_quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return is_quoted ? value.substr(1, value.size() - 2) : value;
}

const char* field_at_fault(const SetCookie& cookie) noexcept {
  if (cookie.name.empty() || !all_of(cookie.name, is_token_character)) return "name";
  if (!all_of(cookie.value, is_cookie_octet)) return "value";
  if (!is_host_name(cookie.domain)) return "domain";
  if (cookie.max_age_seconds < 0 || cookie.max_age_seconds > kMaxCookieAgeSeconds) {
    return "max_age_seconds";
  }
  return nullptr;
}

}  // namespace

Result<std::string_view> find_cookie(std::string_view header, std::string_view name) {
  if (header.size() > kMaxCookieHeaderLength) return {Errc::kTooLong, "cookie"};
  while (!header.empty()) {
    std::string_view pair = take_until(header, ';');
    if (pair.find('=') == std::string_view::npos || trim(take_until(pair, '='), is_blank) != name) continue;
    return unquote(trim(pair, is_blank));
  }
  return {Errc::kNotFound, name};
}

Result<std::string> build_set_cookie(const SetCookie& cookie) {
  if (const char* field = field_at_fault(cookie); field != nullptr) return {Errc::kInvalidField, field};
  std::string out;
  out.reserve(cookie.name.size() + cookie.value.size() + cookie.domain.size() + 80);
  out.append(cookie.name).append("=").append(cookie.value).append("; Max-Age=");
  append_decimal(out, cookie.max_age_seconds);
  out += "; Path=/";
  if (!cookie.domain.empty()) out.append("; Domain=").append(cookie.domain);
  out += "; Secure";
  if (cookie.owner == CookieOwner::kEdge) out += "; HttpOnly";
  return out += "; SameSite=Lax";
}

}  // namespace refedge
