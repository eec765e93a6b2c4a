// Hashes and HMAC by their compression functions, whoever has written those. Private to src/core/crypto.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace refedge::crypto {

inline constexpr std::size_t kHashBlockLength = 64;
inline constexpr std::size_t kMaxHashWords = 8;

struct Hash {
  // Mixes one block of 64 bytes into the state.
  void (*compress)(std::uint32_t* state, const char* block) noexcept;
  const std::uint32_t* initial;
  std::size_t num_words;  // of the state, which is the digest
};

// digest writes the hash of `data` to `out`: 4 * hash.num_words bytes.
void digest(const Hash& hash, std::string_view data, std::uint8_t* out) noexcept;

// Of SHA-256. Spec: FIPS 180-4 section 5.3.3.
inline constexpr std::uint32_t kSha256Initial[] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                   0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

// start_hmac makes of a key the states after the inner and the outer padded key; finish_hmac uses them up and
// writes the HMAC of `data` to `out`. Spec: RFC 2104.
void start_hmac(const Hash& hash, std::string_view key, std::uint32_t* inner, std::uint32_t* outer) noexcept;
void finish_hmac(const Hash& hash, std::uint32_t* inner, std::uint32_t* outer, std::string_view data,
                 std::uint8_t* out) noexcept;

}  // namespace refedge::crypto
