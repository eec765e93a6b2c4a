// The operations of the core with OpenSSL's EVP, as somebody writes them who cares for speed: algorithms
// fetched and contexts made once.
#pragma once

#include <string>
#include <string_view>

namespace refedge::bench {

[[nodiscard]] std::string openssl_version();
[[nodiscard]] std::string openssl_sha256(std::string_view data);
[[nodiscard]] std::string openssl_hmac_sha1(std::string_view key, std::string_view data);

// bp_e: AES-256-ECB with PKCS#7 under the first 32 bytes of `auth_token`, and Base64. Nothing is checked of
// the input.
[[nodiscard]] std::string openssl_encrypt(std::string_view json, std::string_view auth_token);
[[nodiscard]] std::string openssl_decrypt(std::string_view bp_e, std::string_view auth_token);

}  // namespace refedge::bench
