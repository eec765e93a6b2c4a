// A referral on its way to another registrable domain, in a URL. Spec: docs/protocol.md#handoff.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "refedge/cookie.h"
#include "refedge/result.h"

namespace refedge {

inline constexpr std::string_view kHandoffName = "refedge_handoff";
inline constexpr std::int64_t kHandoffLifeSeconds = 300;

// sign_handoff writes `h1.<issued>.<signed cookie>`, the cookie signed with a key that is made of `key` and
// `issued` (Unix seconds), so that it is good for nothing else. Errors: those of sign_cookie; kInvalidField
// (field "issued").
[[nodiscard]] Result<std::string> sign_handoff(const ReferralCookie& cookie, std::int64_t issued,
                                               const CookieKey& key);

// parse_handoff reads whose referral it is, without looking at its tag. Errors (field "refedge_handoff"):
// kInvalidField.
[[nodiscard]] Result<ReferralCookie> parse_handoff(std::string_view token);

// verify_handoff checks tag and age at `now`, Unix seconds. Errors (field "refedge_handoff"): kInvalidField;
// kUnknownKeyId; kSignatureMismatch; kTooOld, kInTheFuture more than kHandoffLifeSeconds away; those of
// verify_cookie for the ring.
[[nodiscard]] Result<ReferralCookie> verify_handoff(std::string_view token, std::span<const CookieKey> keys,
                                                    std::int64_t now);

}  // namespace refedge
