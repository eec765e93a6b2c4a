#include "tests/bench/openssl_peer.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace refedge::bench {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// A peer that fails would look very fast.
void require(bool holds) {
  if (holds) return;
  std::fprintf(stderr, "OpenSSL failed\n");
  std::abort();
}

EVP_MAC_CTX* new_hmac_sha1() {
  EVP_MAC_CTX* context = EVP_MAC_CTX_new(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  char digest[] = "SHA1";
  const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                               OSSL_PARAM_construct_end()};
  require(context != nullptr && EVP_MAC_CTX_set_params(context, params) == 1);
  return context;
}

const EVP_CIPHER* aes_256_ecb() {
  static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-ECB", nullptr);
  return cipher;
}

EVP_CIPHER_CTX* cipher_context() {
  static EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
  return context;
}

}  // namespace

std::string openssl_version() { return OpenSSL_version(OPENSSL_VERSION_STRING); }

std::string openssl_sha256(std::string_view data) {
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  static EVP_MD_CTX* const context = EVP_MD_CTX_new();
  std::string digest(32, '\0');
  require(EVP_DigestInit_ex2(context, sha256, nullptr) == 1 &&
          EVP_DigestUpdate(context, data.data(), data.size()) == 1 &&
          EVP_DigestFinal_ex(context, bytes_of(digest), nullptr) == 1);
  return digest;
}

std::string openssl_hmac_sha1(std::string_view key, std::string_view data) {
  static EVP_MAC_CTX* const context = new_hmac_sha1();
  std::string mac(20, '\0');
  std::size_t length = 0;
  require(EVP_MAC_init(context, bytes_of(key), key.size(), nullptr) == 1 &&
          EVP_MAC_update(context, bytes_of(data), data.size()) == 1 &&
          EVP_MAC_final(context, bytes_of(mac), &length, mac.size()) == 1);
  return mac;
}

std::string openssl_encrypt(std::string_view json, std::string_view auth_token) {
  EVP_CIPHER_CTX* const context = cipher_context();
  std::string cipher(json.size() + 16, '\0');
  int length = 0;
  int last = 0;
  require(EVP_EncryptInit_ex2(context, aes_256_ecb(), bytes_of(auth_token), nullptr, nullptr) == 1 &&
          EVP_EncryptUpdate(context, bytes_of(cipher), &length, bytes_of(json),
                            static_cast<int>(json.size())) == 1 &&
          EVP_EncryptFinal_ex(context, bytes_of(cipher) + length, &last) == 1);
  const int size = length + last;
  std::string text(static_cast<std::size_t>((size + 2) / 3 * 4), '\0');
  EVP_EncodeBlock(bytes_of(text), bytes_of(cipher), size);
  return text;
}

std::string openssl_decrypt(std::string_view bp_e, std::string_view auth_token) {
  EVP_CIPHER_CTX* const context = cipher_context();
  std::string cipher(bp_e.size() / 4 * 3, '\0');
  const int decoded = EVP_DecodeBlock(bytes_of(cipher), bytes_of(bp_e), static_cast<int>(bp_e.size()));
  const int padding = bp_e.ends_with("==") ? 2 : (bp_e.ends_with('=') ? 1 : 0);
  std::string json(cipher.size() + 16, '\0');
  int length = 0;
  int last = 0;
  require(decoded > 0 &&
          EVP_DecryptInit_ex2(context, aes_256_ecb(), bytes_of(auth_token), nullptr, nullptr) == 1 &&
          EVP_DecryptUpdate(context, bytes_of(json), &length, bytes_of(cipher), decoded - padding) == 1 &&
          EVP_DecryptFinal_ex(context, bytes_of(json) + length, &last) == 1);
  json.resize(static_cast<std::size_t>(length + last));
  return json;
}

}  // namespace refedge::bench
