// A referral cookie taken apart, tag included. Private to src/core.
#pragma once

#include <cstddef>
#include <string_view>

#include "refedge/cookie.h"

namespace refedge {

inline constexpr std::size_t kCookieMacBytes = 16;
inline constexpr std::size_t kCookieMacLength = 22;                    // base64url without padding
inline constexpr std::size_t kCookieTagLength = 1 + kCookieMacLength;  // key id and mac
inline constexpr std::size_t kMaxCookieLength = 2 + 32 + 1 + 36 + 1 + 12 + 1 + kCookieTagLength;

struct CookieParts {
  ReferralCookie cookie;
  std::string_view signed_text;  // what stands before the tag's dot
  std::string_view tag;          // <key id><mac>, empty for the unsigned form
};

// split_cookie reads either form of a cookie; a tag is checked for its shape alone. The views point into
// `value`. Errors: those of parse_cookie.
[[nodiscard]] Result<CookieParts> split_cookie(std::string_view value);

}  // namespace refedge
