#include "refedge/handoff.h"

#include <optional>
#include <string>
#include <vector>

#include "core/crypto/crypto.h"
#include "core/decimal.h"
#include "core/freshness.h"
#include "core/take_until.h"
#include "refedge/limits.h"
#include "refedge/secret.h"

namespace refedge {
namespace {

constexpr std::string_view kPrefix = "h1";

struct Parts {
  std::int64_t issued = 0;
  std::string_view cookie;
};

std::optional<Parts> split(std::string_view token) {
  if (take_until(token, '.') != kPrefix) return std::nullopt;
  const auto issued = parse_unix_seconds(take_until(token, '.'));
  if (!issued) return std::nullopt;
  return Parts{*issued, token};
}

// The key of one second's handoffs, to be wiped.
std::string derive_key(const CookieKey& key, std::int64_t issued) {
  std::string purpose = "refedge handoff ";
  append_decimal(purpose, issued);
  return std::string(crypto::as_text(crypto::hmac_sha256(key.key, purpose)));
}

// Errors speak of the token, but for those of the ring.
Error in_token(const Error& error) {
  return error.field == "cookie" ? Error{error.code, std::string(kHandoffName)} : error;
}

bool is_usable(const CookieKey& key) noexcept {
  return key.key.size() >= kMinCookieKeyLength && key.key.size() <= kMaxCookieKeyLength;
}

}  // namespace

Result<std::string> sign_handoff(const ReferralCookie& cookie, std::int64_t issued, const CookieKey& key) {
  if (issued < 0 || issued > kLastUnixSecond) return {Errc::kInvalidField, "issued"};
  if (!is_usable(key)) return {Errc::kInvalidKey, "cookie_key"};
  std::string derived = derive_key(key, issued);
  const auto value = sign_cookie(cookie, {key.id, derived});
  wipe(derived);
  if (!value) return value;
  std::string token = "h1.";
  append_decimal(token, issued);
  token += '.';
  return token += *value;
}

Result<ReferralCookie> parse_handoff(std::string_view token) {
  const auto parts = split(token);
  if (!parts) return {Errc::kInvalidField, kHandoffName};
  auto cookie = parse_cookie(parts->cookie);
  if (!cookie) return in_token(cookie.error());
  return cookie;
}

Result<ReferralCookie> verify_handoff(std::string_view token, std::span<const CookieKey> keys,
                                      std::int64_t now) {
  const auto parts = split(token);
  if (!parts) return {Errc::kInvalidField, kHandoffName};
  if (keys.size() > kMaxCookieKeys) return {Errc::kTooMany, "cookie_key"};
  for (const CookieKey& key : keys) {
    if (!is_usable(key)) return {Errc::kInvalidKey, "cookie_key"};
  }
  std::vector<std::string> derived;
  derived.reserve(keys.size());
  std::vector<CookieKey> ring;
  for (const CookieKey& key : keys) {
    derived.push_back(derive_key(key, parts->issued));
    ring.push_back({key.id, derived.back()});
  }
  auto cookie = verify_cookie(parts->cookie, ring);
  for (std::string& key : derived) wipe(key);
  if (!cookie) return in_token(cookie.error());
  const auto fresh = check_freshness(parts->issued, {now, kHandoffLifeSeconds}, kHandoffName.data());
  if (!fresh) return fresh.error();
  return cookie;
}

}  // namespace refedge
