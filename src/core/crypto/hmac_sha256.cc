#include "core/crypto/hmac_sha256.h"

#ifdef __wasm__
#include "core/crypto/portable/portable.h"
#else
#include <cryptopp/sha.h>
#endif

#include <cassert>
#include <cstddef>

#include "core/crypto/hash.h"
#include "core/crypto/words.h"

namespace refedge::crypto {
namespace {

#ifdef __wasm__
constexpr const Hash& kHash = portable::kSha256;
#else
// Crypto++'s bare function: its object keeps state behind virtual functions and a buffer that it clears,
// which takes three times as long for a text of two blocks.
void compress(std::uint32_t* state, const char* block) noexcept {
  std::uint32_t words[kHashBlockLength / 4];
  for (std::size_t i = 0; i < kHashBlockLength / 4; ++i) words[i] = load_word(block + 4 * i);
  CryptoPP::SHA256::Transform(state, words);
}

constexpr Hash kHash = {compress, kSha256Initial, 8};
#endif

}  // namespace

HmacSha256State prepare_hmac_sha256(std::string_view key) noexcept {
  HmacSha256State states;
  start_hmac(kHash, key, states.data(), states.data() + kMaxHashWords);
  return states;
}

Sha256Digest hmac_sha256(const HmacSha256State& states, std::string_view data) noexcept {
  HmacSha256State left = states;
  Sha256Digest out;
  finish_hmac(kHash, left.data(), left.data() + kMaxHashWords, data, out.data());
  return out;
}

}  // namespace refedge::crypto
