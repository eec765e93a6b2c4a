#include "core/crypto/hash.h"

#include <algorithm>
#include <cstring>

#include "core/crypto/words.h"

namespace refedge::crypto {
namespace {

void start(const Hash& hash, std::uint32_t* state) noexcept {
  std::memcpy(state, hash.initial, hash.num_words * sizeof *state);
}

// Hashes `data` behind `before` bytes that are in the state already: whole blocks, then the rest with a one
// bit, zeros and the length in bits. Spec: FIPS 180-4 section 5.1.1.
void finish(const Hash& hash, std::uint32_t* state, std::uint64_t before, std::string_view data,
            std::uint8_t* out) noexcept {
  const std::uint64_t length = before + data.size();
  for (; data.size() >= kHashBlockLength; data.remove_prefix(kHashBlockLength))
    hash.compress(state, data.data());
  char block[2 * kHashBlockLength] = {};
  std::copy(data.begin(), data.end(), block);  // an empty view may point nowhere, which memcpy forbids
  block[data.size()] = static_cast<char>(0x80);
  const std::size_t end = data.size() + 9 <= kHashBlockLength ? kHashBlockLength : 2 * kHashBlockLength;
  store_word(block + end - 8, static_cast<std::uint32_t>(length >> 29));
  store_word(block + end - 4, static_cast<std::uint32_t>(length << 3));
  for (std::size_t at = 0; at < end; at += kHashBlockLength) hash.compress(state, block + at);
  for (std::size_t i = 0; i < hash.num_words; ++i) store_word(out + 4 * i, state[i]);
}

}  // namespace

void digest(const Hash& hash, std::string_view data, std::uint8_t* out) noexcept {
  std::uint32_t state[kMaxHashWords];
  start(hash, state);
  finish(hash, state, 0, data, out);
}

void start_hmac(const Hash& hash, std::string_view key, std::uint32_t* inner, std::uint32_t* outer) noexcept {
  char block[kHashBlockLength] = {};
  if (key.size() > kHashBlockLength) {
    digest(hash, key, reinterpret_cast<std::uint8_t*>(block));
  } else {
    std::copy(key.begin(), key.end(), block);
  }
  for (char& byte : block) byte ^= 0x36;
  start(hash, inner);
  hash.compress(inner, block);
  for (char& byte : block) byte ^= 0x36 ^ 0x5C;
  start(hash, outer);
  hash.compress(outer, block);
  // The compiler must not drop a store to what is never read again.
  std::memset(block, 0, sizeof block);
  __asm__ __volatile__("" : : "r"(block) : "memory");
}

void finish_hmac(const Hash& hash, std::uint32_t* inner, std::uint32_t* outer, std::string_view data,
                 std::uint8_t* out) noexcept {
  finish(hash, inner, kHashBlockLength, data, out);
  finish(hash, outer, kHashBlockLength, {reinterpret_cast<const char*>(out), 4 * hash.num_words}, out);
}

}  // namespace refedge::crypto
