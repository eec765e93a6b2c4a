#include "refedge/cookie_signer.h"

#include <algorithm>
#include <cassert>

#include "core/ascii.h"
#include "core/cookie_parts.h"
#include "core/crypto/hmac_sha256.h"
#include "refedge/limits.h"

namespace refedge {
namespace {

static_assert(kMaxSignedCookieLength == kMaxCookieLength);

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Not memcpy: a cookie of a page has no click id, and an empty view may point to nothing.
char* put(char* to, std::string_view text) noexcept { return std::copy(text.begin(), text.end(), to); }

char* put_decimal(char* to, std::int64_t value) noexcept {
  char digits[20];
  char* begin = digits + sizeof digits;
  do {
    *--begin = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  return put(to, {begin, static_cast<std::size_t>(digits + sizeof digits - begin)});
}

// kCookieMacBytes in base64url: five groups of three bytes and one byte.
char* put_mac(char* to, const crypto::Sha256Digest& digest) noexcept {
  for (std::size_t i = 0; i + 3 <= kCookieMacBytes; i += 3) {
    const unsigned group =
        static_cast<unsigned>(digest[i]) << 16 | static_cast<unsigned>(digest[i + 1]) << 8 | digest[i + 2];
    for (unsigned shift = 24; shift != 0;) *to++ = kAlphabet[group >> (shift -= 6) & 0x3F];
  }
  const unsigned last = digest[kCookieMacBytes - 1];
  *to++ = kAlphabet[last >> 2];
  *to++ = kAlphabet[last << 4 & 0x3F];
  return to;
}

}  // namespace

Result<CookieSigner> CookieSigner::make(const CookieKey& key) {
  const bool usable =
      is_url_safe(key.id) && key.key.size() >= kMinCookieKeyLength && key.key.size() <= kMaxCookieKeyLength;
  if (!usable) return {Errc::kInvalidKey, "cookie_key"};
  CookieSigner signer;
  signer.state_ = crypto::prepare_hmac_sha256(key.key);
  signer.id_ = key.id;
  return signer;
}

CookieSigner::~CookieSigner() {
  // Written through volatile, so that no compiler drops it as a store to what is never read again.
  volatile std::uint32_t* words = state_.data();
  for (std::size_t i = 0; i < state_.size(); ++i) words[i] = 0;
}

std::size_t CookieSigner::sign(std::string_view code, std::string_view click_id, std::int64_t captured_at,
                               std::array<char, kMaxSignedCookieLength>& out) const noexcept {
  assert(code.size() <= kMaxShareCodeLength && click_id.size() <= 36 && captured_at >= 0 &&
         captured_at <= 253402300799);
  char* to = put(out.data(), "1.");
  to = put(to, code);
  *to++ = '.';
  to = put(to, click_id);
  *to++ = '.';
  to = put_decimal(to, captured_at);
  const crypto::Sha256Digest digest =
      crypto::hmac_sha256(state_, {out.data(), static_cast<std::size_t>(to - out.data())});
  *to++ = '.';
  *to++ = id_;
  return static_cast<std::size_t>(put_mac(to, digest) - out.data());
}

}  // namespace refedge
