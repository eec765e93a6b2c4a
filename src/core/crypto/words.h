// Big-endian words. Private to src/core/crypto.
#pragma once

#include <cstddef>
#include <cstdint>

namespace refedge::crypto {

[[nodiscard]] inline std::uint32_t load_word(const void* from) noexcept {
  std::uint32_t word;
  __builtin_memcpy(&word, from, sizeof word);
  return __builtin_bswap32(word);
}

inline void store_word(void* to, std::uint32_t word) noexcept {
  word = __builtin_bswap32(word);
  __builtin_memcpy(to, &word, sizeof word);
}

}  // namespace refedge::crypto
