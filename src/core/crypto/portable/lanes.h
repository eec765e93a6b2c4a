// Four words at a time, where WebAssembly has lanes for them.
#pragma once

#include <cstdint>
#include <cstring>

namespace refedge::crypto::portable {

// Whether the hashes make their message schedules by lanes; each word then has the constant of its step in it already.
#ifdef __wasm_simd128__
inline constexpr bool kHasLanes = true;
#else
inline constexpr bool kHasLanes = false;
#endif

// input_of gives what a step adds of the schedule.
constexpr std::uint32_t input_of(std::uint32_t word, std::uint32_t constant) noexcept {
  return kHasLanes ? word : word + constant;
}

using Lanes = std::uint32_t __attribute__((vector_size(16)));
using ByteLanes = std::uint8_t __attribute__((vector_size(16)));

inline Lanes load_lanes(const void* from) noexcept {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

inline void store_lanes(std::uint32_t* to, Lanes lanes) noexcept { std::memcpy(to, &lanes, sizeof lanes); }

// load_block gives four words of a block, which has them with the highest byte first.
inline Lanes load_block(const char* from) noexcept {
  const auto bytes = reinterpret_cast<ByteLanes>(load_lanes(from));
  return reinterpret_cast<Lanes>(
      __builtin_shufflevector(bytes, bytes, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
}

inline Lanes rotate_left(Lanes x, int bits) noexcept { return x << bits | x >> (32 - bits); }

}  // namespace refedge::crypto::portable
