// The keyed half of cookie.h.
#include "core/ascii.h"
#include "core/cookie_parts.h"
#include "core/crypto/crypto.h"
#include "refedge/base64.h"
#include "refedge/cookie.h"
#include "refedge/limits.h"
#include "refedge/secret.h"

namespace refedge {
namespace {

bool is_usable(const CookieKey& key) noexcept {
  return is_url_safe(key.id) && key.key.size() >= kMinCookieKeyLength &&
         key.key.size() <= kMaxCookieKeyLength;
}

std::string make_mac(std::string_view text, const CookieKey& key) {
  const auto digest = crypto::hmac_sha256(key.key, text);
  return base64url_encode(crypto::as_text(digest).substr(0, kCookieMacBytes));
}

Errc check_ring(std::span<const CookieKey> keys) noexcept {
  if (keys.size() > kMaxCookieKeys) return Errc::kTooMany;
  for (const CookieKey& key : keys) {
    if (!is_usable(key)) return Errc::kInvalidKey;
  }
  return Errc::kOk;
}

const CookieKey* find_key(std::span<const CookieKey> keys, char id) noexcept {
  for (const CookieKey& key : keys) {
    if (key.id == id) return &key;
  }
  return nullptr;
}

}  // namespace

Result<std::string> sign_cookie(const ReferralCookie& cookie, const CookieKey& key) {
  if (!is_usable(key)) return {Errc::kInvalidKey, "cookie_key"};
  auto value = build_cookie(cookie);
  if (!value) return value;
  const std::string mac = make_mac(*value, key);
  *value += '.';
  *value += key.id;
  *value += mac;
  return value;
}

Result<ReferralCookie> verify_cookie(std::string_view value, std::span<const CookieKey> keys) {
  if (const Errc wrong = check_ring(keys); wrong != Errc::kOk) return {wrong, "cookie_key"};
  auto parts = split_cookie(value);
  if (!parts) return parts.error();
  if (parts->tag.empty()) return {Errc::kInvalidField, "cookie"};
  const CookieKey* key = find_key(keys, parts->tag.front());
  if (key == nullptr) return {Errc::kUnknownKeyId, "cookie"};
  if (!constant_time_equal(parts->tag.substr(1), make_mac(parts->signed_text, *key))) {
    return {Errc::kSignatureMismatch, "cookie"};
  }
  return std::move(parts->cookie);
}

}  // namespace refedge
