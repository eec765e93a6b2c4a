// The keyed half of metadata.h.
#include "core/crypto/crypto.h"
#include "core/replace.h"
#include "refedge/base64.h"
#include "refedge/limits.h"
#include "refedge/metadata.h"
#include "refedge/percent.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

static_assert(kAuthTokenKeyLength == crypto::kAes256KeyLength);

constexpr std::size_t kMaxCipherLength =
    (kMaxMetadataLength / crypto::kAesBlockLength + 1) * crypto::kAesBlockLength;

bool has_key(std::string_view auth_token) noexcept { return auth_token.size() >= kAuthTokenKeyLength; }

std::string_view key_of(std::string_view auth_token) noexcept {
  return auth_token.substr(0, kAuthTokenKeyLength);
}

// Percent-encoding off, and back to `+` what a form decoder has made a space.
Result<std::string> unwrap(std::string_view bp_e) {
  if (bp_e.size() > kMaxEncodedMetadataLength) return {Errc::kTooLong, "bp_e"};
  auto text = percent_decode(bp_e);
  if (!text) return {text.error().code, "bp_e"};
  replace_from(*text, 0, ' ', '+');
  auto cipher = base64_decode(*text);
  if (!cipher) return {cipher.error().code, "bp_e"};
  if (cipher->size() > kMaxCipherLength) return {Errc::kTooLong, "bp_e"};
  return cipher;
}

}  // namespace

Result<std::string> encrypt_metadata(std::string_view json, std::string_view auth_token) {
  if (!has_key(auth_token)) return {Errc::kInvalidKey, "auth_token"};
  if (json.size() > kMaxMetadataLength) return {Errc::kTooLong, "metadata"};
  if (!is_valid_utf8(json)) return {Errc::kInvalidUtf8, "metadata"};
  return base64_encode(crypto::aes256_ecb_encrypt(json, key_of(auth_token)));
}

Result<std::string> decrypt_metadata(std::string_view bp_e, std::string_view auth_token) {
  if (!has_key(auth_token)) return {Errc::kInvalidKey, "auth_token"};
  const auto cipher = unwrap(bp_e);
  if (!cipher) return cipher.error();
  auto json = crypto::aes256_ecb_decrypt(*cipher, key_of(auth_token));
  if (!json || !is_valid_utf8(*json)) return {Errc::kInvalidCiphertext, "bp_e"};
  return std::move(*json);
}

}  // namespace refedge
