// The keyed half of signature.h, apart from the canonical string so that the browser's module stays free
// of cryptography.
#include "core/canonical.h"
#include "core/crypto/crypto.h"
#include "core/json_object.h"
#include "refedge/hash.h"
#include "refedge/hex.h"
#include "refedge/secret.h"
#include "refedge/signature.h"

namespace refedge {
namespace {

constexpr std::size_t kHexDigestLength = 64;

crypto::Sha256Digest digest_of(std::span<const Field> fields) {
  std::string canonical = write_checked(fields);
  const auto digest = crypto::sha256(canonical);
  wipe(canonical);
  return digest;
}

Result<std::string> decode_signature(std::string_view signature) {
  if (signature.empty()) return {Errc::kMissingField, "signature"};
  if (signature.size() != kHexDigestLength) return {Errc::kInvalidField, "signature"};
  auto bytes = hex_decode(signature);
  if (!bytes) return {Errc::kInvalidField, "signature"};
  return bytes;
}

}  // namespace

std::string hash_sha256(std::string_view bytes) { return hex_encode(crypto::as_text(crypto::sha256(bytes))); }

Result<std::string> build_signature(std::span<const Field> fields, std::string_view signed_keys,
                                    std::string_view secret_key) {
  const auto selected = select_signed(fields, signed_keys, secret_key);
  if (!selected) return selected.error();
  return hex_encode(crypto::as_text(digest_of(*selected)));
}

Result<Verified> verify_signature(std::span<const Field> fields, std::string_view signed_keys,
                                  std::string_view signature, std::string_view secret_key) {
  auto selected = select_signed(fields, signed_keys, secret_key);
  if (!selected) return selected.error();
  const auto given = decode_signature(signature);
  if (!given) return given.error();
  const bool is_last = constant_time_equal(*given, crypto::as_text(digest_of(*selected)));
  sort_fields(*selected);
  const bool is_sorted = constant_time_equal(*given, crypto::as_text(digest_of(*selected)));
  if (!is_last && !is_sorted) return {Errc::kSignatureMismatch, "signature"};
  return Verified{};
}

}  // namespace refedge
