// SHA-1 and SHA-256 by their compression functions. Private to src/core/crypto/portable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace refedge::crypto::portable {

inline constexpr std::size_t kHashBlockLength = 64;
inline constexpr std::size_t kMaxHashWords = 8;

struct Hash {
  // Mixes one block of 64 bytes into the state.
  void (*compress)(std::uint32_t* state, const char* block) noexcept;
  const std::uint32_t* initial;
  std::size_t num_words;  // of the state, which is the digest
};

extern const Hash kSha1;    // FIPS 180-4 section 6.1
extern const Hash kSha256;  // FIPS 180-4 section 6.2

// digest writes the hash of `data` to `out`: 4 * hash.num_words bytes.
void digest(const Hash& hash, std::string_view data, std::uint8_t* out) noexcept;

// start_hmac makes of a key the states after the inner and the outer padded key; finish_hmac uses them up and
// writes the HMAC of `data` to `out`. Spec: RFC 2104.
void start_hmac(const Hash& hash, std::string_view key, std::uint32_t* inner, std::uint32_t* outer) noexcept;
void finish_hmac(const Hash& hash, std::uint32_t* inner, std::uint32_t* outer, std::string_view data,
                 std::uint8_t* out) noexcept;

}  // namespace refedge::crypto::portable
