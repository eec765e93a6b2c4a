// Signing many cookies under one key, without an allocation: for a redirect, which has less than a
// microsecond. Spec: docs/protocol.md#cookies.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "refedge/cookie.h"

namespace refedge {

// `1.<code>.<click id>.<unix seconds>.<key id><mac>` at its longest.
inline constexpr std::size_t kMaxSignedCookieLength = 2 + 32 + 1 + 36 + 1 + 12 + 1 + 23;

class CookieSigner {
 public:
  // make prepares `key`, of which nothing is referred to afterwards. Errors: kInvalidKey (field
  // "cookie_key").
  [[nodiscard]] static Result<CookieSigner> make(const CookieKey& key);

  CookieSigner(const CookieSigner&) = default;
  CookieSigner& operator=(const CookieSigner&) = default;
  ~CookieSigner();  // wipes what was made of the key

  // sign writes the value that sign_cookie gives for these parts, and returns its length. Preconditions,
  // which are not checked again: is_share_code(code); is_click_id(click_id), or empty; captured_at from 0 to
  // 253402300799.
  [[nodiscard]] std::size_t sign(std::string_view code, std::string_view click_id, std::int64_t captured_at,
                                 std::array<char, kMaxSignedCookieLength>& out) const noexcept;

 private:
  CookieSigner() = default;

  std::array<std::uint32_t, 16> state_{};  // of HMAC-SHA256, after the key
  char id_ = 'a';
};

}  // namespace refedge
