// The primitives for WebAssembly, where Crypto++ would be half of the module: plain C++, small, and fast
// without instructions of a processor. Each does what its namesake in core/crypto/crypto.h does; unit tests
// compare the two.
#pragma once

#include "core/crypto/crypto.h"
#include "core/crypto/hash.h"

namespace refedge::crypto::portable {

extern const Hash kSha1;    // FIPS 180-4 section 6.1
extern const Hash kSha256;  // FIPS 180-4 section 6.2

[[nodiscard]] Sha256Digest sha256(std::string_view data);
[[nodiscard]] Sha256Digest hmac_sha256(std::string_view key, std::string_view data);
[[nodiscard]] Sha1Digest hmac_sha1(std::string_view key, std::string_view data);
[[nodiscard]] std::string aes256_ecb_encrypt(std::string_view plain, std::string_view key);
[[nodiscard]] std::optional<std::string> aes256_ecb_decrypt(std::string_view cipher, std::string_view key);

}  // namespace refedge::crypto::portable
