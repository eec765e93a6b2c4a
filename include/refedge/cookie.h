// The referral cookie: built, signed, parsed and verified. Spec: docs/protocol.md#cookies.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "refedge/result.h"

namespace refedge {

inline constexpr std::string_view kEdgeCookieName = "_refedge";        // signed, HttpOnly
inline constexpr std::string_view kBrowserCookieName = "_refedge_js";  // the script's, unsigned

// What a referral cookie says.
struct ReferralCookie {
  std::string code;              // a share-link code
  std::string click_id;          // a click id, or empty where no click was recorded
  std::int64_t captured_at = 0;  // Unix seconds, 0 to 253402300799

  friend bool operator==(const ReferralCookie&, const ReferralCookie&) = default;
};

// One key of a market's ring. The first key of a ring signs; all of them verify.
struct CookieKey {
  char id = 'a';         // one character of A-Z a-z 0-9 _ -
  std::string_view key;  // kMinCookieKeyLength to kMaxCookieKeyLength bytes
};

// build_cookie writes `1.<code>.<click id>.<unix seconds>`, the unsigned form.
// Errors (field named): kInvalidField for code, click_id or captured_at.
[[nodiscard]] Result<std::string> build_cookie(const ReferralCookie& cookie);

// sign_cookie writes `1.<code>.<click id>.<unix seconds>.<key id><mac>`: mac is the first 16 bytes
// of HMAC-SHA256 under `key` over all that stands before the last '.', as 22 base64url characters.
// Errors: those of build_cookie; kInvalidKey (field "cookie_key").
[[nodiscard]] Result<std::string> sign_cookie(const ReferralCookie& cookie, const CookieKey& key);

// parse_cookie reads the unsigned form, or the signed one without looking at its tag.
// Errors (field "cookie"): kUnsupportedVersion; kInvalidField.
[[nodiscard]] Result<ReferralCookie> parse_cookie(std::string_view value);

// verify_cookie reads the signed form and checks its tag in constant time.
// Errors (field "cookie"): kUnsupportedVersion; kInvalidField (an unsigned cookie too);
// kUnknownKeyId; kSignatureMismatch; kInvalidKey and kTooMany (field "cookie_key") for the ring.
[[nodiscard]] Result<ReferralCookie> verify_cookie(std::string_view value, std::span<const CookieKey> keys);

// find_cookie returns the value of the first cookie called `name` in a Cookie request header, as it
// stands there (a view into `header`), without surrounding spaces or quotes.
// Errors: kNotFound (field = `name`, as it is given); kTooLong (field "cookie") over kMaxCookieHeaderLength.
// Spec: RFC 6265 section 5.4.
[[nodiscard]] Result<std::string_view> find_cookie(std::string_view header, std::string_view name);

enum class CookieOwner {
  kEdge,     // Secure; HttpOnly; SameSite=Lax
  kBrowser,  // Secure; SameSite=Lax: a script cannot set HttpOnly
};

struct SetCookie {
  std::string_view name;
  std::string_view value;
  std::string_view domain;           // registrable domain, or empty for a host-only cookie
  std::int64_t max_age_seconds = 0;  // 0 deletes; at most kMaxCookieAgeSeconds
  CookieOwner owner = CookieOwner::kEdge;
};

// build_set_cookie writes the value of a Set-Cookie header:
// `<name>=<value>; Max-Age=<n>; Path=/[; Domain=<d>]; Secure[; HttpOnly]; SameSite=Lax`.
// Errors (field named): kInvalidField for a name that is no token, a value or domain with a character
// outside cookie-octet / host name characters (nor a domain with a leading, trailing or double dot), or
// max_age_seconds out of range.
// Spec: RFC 6265 section 4.1.
[[nodiscard]] Result<std::string> build_set_cookie(const SetCookie& cookie);

}  // namespace refedge
