#include "refedge/body_signature.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/crypto/crypto.h"
#include "refedge/base64.h"
#include "refedge/limits.h"
#include "refedge/secret.h"

namespace refedge {
namespace {

constexpr std::size_t kMacLength = 20;
constexpr std::size_t kSignatureLength = 28;  // its Base64

bool has_shape(std::string_view signature) {
  const auto mac = base64_decode(signature);
  return signature.size() == kSignatureLength && mac && mac->size() == kMacLength;
}

}  // namespace

Result<std::string> build_body_signature(std::string_view body, std::string_view secret_key) {
  if (secret_key.size() < kMinSecretKeyLength || secret_key.size() > kMaxSecretKeyLength) {
    return {Errc::kInvalidKey, "secret_key"};
  }
  if (body.size() > kMaxSignedBodyLength) return {Errc::kTooLong, "body"};
  const auto mac = crypto::hmac_sha1(secret_key, body);
  return base64_encode(crypto::as_text(mac));
}

Result<Verified> verify_body_signature(std::string_view body, std::string_view signature,
                                       std::string_view secret_key) {
  const auto expected = build_body_signature(body, secret_key);
  if (!expected) return expected.error();
  signature = trim(signature, is_blank);
  if (signature.empty()) return {Errc::kMissingField, "signature"};
  if (!has_shape(signature)) return {Errc::kInvalidField, "signature"};
  // The texts are compared, not what they decode to: one body has one signature.
  if (!constant_time_equal(signature, *expected)) return {Errc::kSignatureMismatch, "signature"};
  return Verified{};
}

}  // namespace refedge
