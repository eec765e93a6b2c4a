// Natively the primitives are Crypto++'s, with the processor's own instructions for them.
#include "core/crypto/crypto.h"

#include <cryptopp/aes.h>
#include <cryptopp/sha.h>

#include <algorithm>
#include <cassert>
#include <cstring>

#include "core/crypto/padding.h"

namespace refedge::crypto {
namespace {

using CryptoPP::byte;

const byte* bytes_of(std::string_view text) noexcept { return reinterpret_cast<const byte*>(text.data()); }

byte* bytes_of(std::string& text) noexcept { return reinterpret_cast<byte*>(text.data()); }

// Crypto++ clears its states when they are destroyed.
template <class Hash, class Digest>
Digest hash_of(const byte* pad, std::string_view data) {
  Digest digest;
  Hash hash;
  hash.Update(pad, Hash::BLOCKSIZE);
  hash.Update(bytes_of(data), data.size());
  hash.Final(digest.data());
  return digest;
}

// From two hashes: the HMAC class of Crypto++ costs as much again for a short text.
template <class Hash, class Digest>
Digest hmac(std::string_view key, std::string_view data) {
  byte pad[Hash::BLOCKSIZE] = {};
  if (key.size() > sizeof pad) {
    Hash().CalculateDigest(pad, bytes_of(key), key.size());
  } else {
    std::copy(key.begin(), key.end(), pad);  // an empty view may point nowhere, which memcpy forbids
  }
  for (byte& b : pad) b ^= 0x36;
  const Digest inner = hash_of<Hash, Digest>(pad, data);
  for (byte& b : pad) b ^= 0x36 ^ 0x5C;
  const Digest outer = hash_of<Hash, Digest>(pad, as_text(inner));
  // The compiler must not drop a store to what is never read again.
  std::memset(pad, 0, sizeof pad);
  __asm__ __volatile__("" : : "r"(pad) : "memory");
  return outer;
}

// One call for all blocks: the filter pipeline of Crypto++ costs ten times as much.
void process_blocks(const CryptoPP::BlockTransformation& cipher, std::string& text) {
  cipher.AdvancedProcessBlocks(bytes_of(text), nullptr, bytes_of(text), text.size(),
                               CryptoPP::BlockTransformation::BT_AllowParallel);
}

}  // namespace

Sha256Digest sha256(std::string_view data) {
  Sha256Digest digest;
  CryptoPP::SHA256 hash;
  hash.Update(bytes_of(data), data.size());
  hash.Final(digest.data());
  return digest;
}

Sha256Digest hmac_sha256(std::string_view key, std::string_view data) {
  return hmac<CryptoPP::SHA256, Sha256Digest>(key, data);
}

Sha1Digest hmac_sha1(std::string_view key, std::string_view data) {
  return hmac<CryptoPP::SHA1, Sha1Digest>(key, data);
}

std::string aes256_ecb_encrypt(std::string_view plain, std::string_view key) {
  assert(key.size() == kAes256KeyLength);
  std::string text = pad(plain);
  process_blocks(CryptoPP::AES::Encryption(bytes_of(key), key.size()), text);
  return text;
}

std::optional<std::string> aes256_ecb_decrypt(std::string_view cipher, std::string_view key) {
  assert(key.size() == kAes256KeyLength);
  if (!is_whole_blocks(cipher)) return std::nullopt;
  std::string text(cipher);
  process_blocks(CryptoPP::AES::Decryption(bytes_of(key), key.size()), text);
  const std::size_t padding = padding_length(text);
  if (padding == 0) return std::nullopt;
  text.resize(text.size() - padding);
  return text;
}

}  // namespace refedge::crypto
