#include "core/crypto/portable/hash.h"

#include <cstring>

#include "core/crypto/portable/words.h"

namespace refedge::crypto::portable {
namespace {

// The last block or two: what is left of the data, a one bit, zeros, the length in bits. FIPS 180-4
// section 5.1.1.
void compress_end(const Hash& hash, std::uint32_t* state, std::string_view rest,
                  std::uint64_t length) noexcept {
  char block[2 * kHashBlockLength] = {};
  std::memcpy(block, rest.data(), rest.size());
  block[rest.size()] = static_cast<char>(0x80);
  const std::size_t end = rest.size() + 9 <= kHashBlockLength ? kHashBlockLength : 2 * kHashBlockLength;
  store_word(block + end - 8, static_cast<std::uint32_t>(length >> 29));
  store_word(block + end - 4, static_cast<std::uint32_t>(length << 3));
  for (std::size_t at = 0; at < end; at += kHashBlockLength) hash.compress(state, block + at);
}

}  // namespace

void digest(const Hash& hash, const char* first_block, std::string_view data, std::uint8_t* out) noexcept {
  std::uint32_t state[kMaxHashWords];
  std::memcpy(state, hash.initial, hash.num_words * sizeof *state);
  std::uint64_t length = data.size();
  if (first_block != nullptr) {
    hash.compress(state, first_block);
    length += kHashBlockLength;
  }
  for (; data.size() >= kHashBlockLength; data.remove_prefix(kHashBlockLength))
    hash.compress(state, data.data());
  compress_end(hash, state, data, length);
  for (std::size_t i = 0; i < hash.num_words; ++i) store_word(out + 4 * i, state[i]);
}

void hmac(const Hash& hash, std::string_view key, std::string_view data, std::uint8_t* out) noexcept {
  std::uint8_t key_digest[4 * kMaxHashWords];
  const std::size_t digest_length = 4 * hash.num_words;
  if (key.size() > kHashBlockLength) {
    digest(hash, nullptr, key, key_digest);
    key = {reinterpret_cast<const char*>(key_digest), digest_length};
  }
  char block[kHashBlockLength] = {};
  std::memcpy(block, key.data(), key.size());
  for (char& byte : block) byte ^= 0x36;
  digest(hash, block, data, out);
  for (char& byte : block) byte ^= 0x36 ^ 0x5C;
  digest(hash, block, {reinterpret_cast<const char*>(out), digest_length}, out);
}

}  // namespace refedge::crypto::portable
