#include "core/crypto/hmac_sha256.h"

#ifdef __wasm__
#include "core/crypto/portable/hash.h"
#else
#include <cryptopp/sha.h>
#endif

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstring>

namespace refedge::crypto {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kWord = 4;
constexpr std::size_t kLengthField = 8;

// FIPS 180-4 section 5.3.3.
constexpr std::uint32_t kInitial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

// Written through volatile: no compiler drops these stores, though nothing reads what they write.
template <class T>
void wipe(T* secret, std::size_t count) noexcept {
  volatile T* at = secret;
  for (std::size_t i = 0; i < count; ++i) at[i] = 0;
}

#ifdef __wasm__
void compress(std::uint32_t* state, const char* block) noexcept { portable::kSha256.compress(state, block); }
#else
// Crypto++'s bare function: its object keeps state behind virtual functions and a buffer that it clears,
// which takes three times as long for a text of two blocks.
void compress(std::uint32_t* state, const char* block) noexcept {
  std::uint32_t words[kBlock / kWord];
  std::memcpy(words, block, kBlock);
  for (std::uint32_t& word : words) word = __builtin_bswap32(word);
  CryptoPP::SHA256::Transform(state, words);
}
#endif

// Goes on with `data` from a state that one block has made. Spec: FIPS 180-4 section 5.1.1.
Sha256Digest finish(const std::uint32_t* after_key, std::string_view data) noexcept {
  std::uint32_t state[8];
  std::copy_n(after_key, 8, state);
  const std::uint64_t bits = (kBlock + data.size()) * std::uint64_t{8};
  for (; data.size() >= kBlock; data.remove_prefix(kBlock)) compress(state, data.data());

  char last[2 * kBlock] = {};
  std::memcpy(last, data.data(), data.size());
  last[data.size()] = static_cast<char>(0x80);
  const std::size_t length = data.size() + 1 + kLengthField <= kBlock ? kBlock : 2 * kBlock;
  for (std::size_t i = 0; i < kLengthField; ++i) last[length - 1 - i] = static_cast<char>(bits >> (8 * i));
  for (std::size_t at = 0; at < length; at += kBlock) compress(state, last + at);

  Sha256Digest digest;
  for (std::uint32_t& word : state) word = __builtin_bswap32(word);
  std::memcpy(digest.data(), state, digest.size());
  return digest;
}

void start(std::string_view key, char pad, std::uint32_t* state) noexcept {
  char block[kBlock];
  std::fill_n(block, kBlock, pad);
  for (std::size_t i = 0; i < key.size(); ++i) block[i] = static_cast<char>(block[i] ^ key[i]);
  std::copy_n(kInitial, 8, state);
  compress(state, block);
  wipe(block, kBlock);
}

}  // namespace

HmacSha256State prepare_hmac_sha256(std::string_view key) noexcept {
  assert(key.size() <= kBlock);
  HmacSha256State state;
  start(key, 0x36, state.data());
  start(key, 0x5C, state.data() + 8);
  return state;
}

Sha256Digest hmac_sha256(const HmacSha256State& state, std::string_view data) noexcept {
  const Sha256Digest inner = finish(state.data(), data);
  return finish(state.data() + 8, as_text(inner));
}

}  // namespace refedge::crypto
