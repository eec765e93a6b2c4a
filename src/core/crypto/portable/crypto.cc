// In WebAssembly the primitives are the portable ones.
#include "core/crypto/portable/portable.h"

namespace refedge::crypto {
namespace portable {

Sha256Digest sha256(std::string_view data) {
  Sha256Digest out;
  digest(kSha256, data, out.data());
  return out;
}

template <class Digest>
Digest hmac(const Hash& hash, std::string_view key, std::string_view data) {
  Digest out;
  std::uint32_t inner[kMaxHashWords];
  std::uint32_t outer[kMaxHashWords];
  start_hmac(hash, key, inner, outer);
  finish_hmac(hash, inner, outer, data, out.data());
  return out;
}

Sha256Digest hmac_sha256(std::string_view key, std::string_view data) {
  return hmac<Sha256Digest>(kSha256, key, data);
}

Sha1Digest hmac_sha1(std::string_view key, std::string_view data) {
  return hmac<Sha1Digest>(kSha1, key, data);
}

}  // namespace portable

#ifdef __wasm__
Sha256Digest sha256(std::string_view data) { return portable::sha256(data); }
Sha256Digest hmac_sha256(std::string_view key, std::string_view data) {
  return portable::hmac_sha256(key, data);
}
Sha1Digest hmac_sha1(std::string_view key, std::string_view data) { return portable::hmac_sha1(key, data); }
std::string aes256_ecb_encrypt(std::string_view plain, std::string_view key) {
  return portable::aes256_ecb_encrypt(plain, key);
}
std::optional<std::string> aes256_ecb_decrypt(std::string_view cipher, std::string_view key) {
  return portable::aes256_ecb_decrypt(cipher, key);
}
#endif

}  // namespace refedge::crypto
