// In WebAssembly the primitives are the portable ones.
#include "core/crypto/portable/hash.h"
#include "core/crypto/portable/portable.h"

namespace refedge::crypto {
namespace portable {

Sha256Digest sha256(std::string_view data) {
  Sha256Digest out;
  digest(kSha256, nullptr, data, out.data());
  return out;
}

Sha256Digest hmac_sha256(std::string_view key, std::string_view data) {
  Sha256Digest out;
  hmac(kSha256, key, data, out.data());
  return out;
}

Sha1Digest hmac_sha1(std::string_view key, std::string_view data) {
  Sha1Digest out;
  hmac(kSha1, key, data, out.data());
  return out;
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
