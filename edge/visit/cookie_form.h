// How an edge's cookies look: name, domain, age and flags, as the operator says. Spec:
// docs/protocol.md#cookies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "refedge/cookie.h"
#include "refedge/limits.h"

namespace refedge::edge {

enum class SameSite : std::uint8_t { kLax, kStrict, kNone };

enum class DomainRule : std::uint8_t {
  kAuto,   // the registrable domain of the request's host
  kOff,    // host-only
  kFixed,  // a given one, where the request's host is in it
};

struct CookieSettings {
  std::string_view name = kEdgeCookieName;
  DomainRule domain_rule = DomainRule::kAuto;
  std::string_view domain{};  // of kFixed
  std::int64_t max_age_seconds = kMaxCookieAgeSeconds;
  SameSite same_site = SameSite::kLax;
  bool is_secure = true;
  bool is_http_only = true;
};

// parse_same_site reads "lax", "strict" or "none"; nothing for another word.
[[nodiscard]] std::optional<SameSite> parse_same_site(std::string_view word) noexcept;

// The attributes of a Set-Cookie header, written once when the configuration is read, so that a redirect only
// copies.
class CookieForm {
 public:
  // make refuses, naming the setting and the reason: a name that is no token or is the script's, a domain
  // that is no host name, an age outside 1 second to kMaxCookieAgeSeconds, SameSite=None without Secure
  // (browsers drop such a cookie). The reason is written to `why`.
  [[nodiscard]] static std::optional<CookieForm> make(const CookieSettings& settings, std::string& why);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] DomainRule domain_rule() const noexcept { return domain_rule_; }

  // fixed_domain gives the domain of kFixed where `host` is it or below it (any case), nothing elsewhere: a
  // browser refuses a cookie for a domain that the host is not in, and host-only is better than none.
  [[nodiscard]] std::string_view fixed_domain(std::string_view host) const noexcept;

  // length_of gives the length of what write writes for a value and a domain of these lengths.
  [[nodiscard]] std::size_t length_of(std::size_t value, std::size_t domain) const noexcept;

  // write puts the value of a Set-Cookie header at `out`, where there is room for it, and allocates nothing:
  // `<name>=<value>; Max-Age=<n>; Path=/[; Domain=<d>][; Secure][; HttpOnly]; SameSite=<s>`. `value` is a
  // cookie of the core's, `domain` registrable_domain's, fixed_domain's, or empty for a host-only cookie.
  void write(std::string_view value, std::string_view domain, char* out) const noexcept;

  // write_unsigned gives the same for a value without a tag: under the script's name, and readable by the
  // script.
  [[nodiscard]] std::string write_unsigned(std::string_view value, std::string_view domain) const;

  // write_removal gives the value of a Set-Cookie header that takes the cookie away: it goes only by the domain
  // that it was set for, which is empty for a host-only cookie.
  [[nodiscard]] std::string write_removal(std::string_view domain) const;

 private:
  std::string name_;
  std::string domain_;
  DomainRule domain_rule_ = DomainRule::kAuto;
  std::string before_domain_;   // "; Max-Age=<n>; Path=/"
  std::string after_domain_;    // "; Secure; HttpOnly; SameSite=Lax"
  std::string after_unsigned_;  // without HttpOnly
};

}  // namespace refedge::edge
