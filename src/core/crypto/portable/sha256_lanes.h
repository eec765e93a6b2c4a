// The message schedule of SHA-256 by lanes of four words. Spec: FIPS 180-4 section 6.2.2.
#pragma once

#include "core/crypto/portable/lanes.h"

namespace refedge::crypto::portable {

inline Lanes sigma0(Lanes x) noexcept { return rotate_left(x, 25) ^ rotate_left(x, 14) ^ x >> 3; }
inline Lanes sigma1(Lanes x) noexcept { return rotate_left(x, 15) ^ rotate_left(x, 13) ^ x >> 10; }

// The last three of `first` and the first of `next`.
inline Lanes from_second(Lanes first, Lanes next) noexcept { return __builtin_shufflevector(first, next, 1, 2, 3, 4); }

// next_sha256_words gives W[t] to W[t+3], of the sixteen words before them. The last two need the first two, so each half gets
// its sigma1 by itself: that of nothing is nothing.
inline Lanes next_sha256_words(Lanes a, Lanes b, Lanes c, Lanes d) noexcept {
  const Lanes none = {};
  Lanes words = a + sigma0(from_second(a, b)) + from_second(c, d);
  words += sigma1(__builtin_shufflevector(d, none, 2, 3, 4, 5));
  return words + sigma1(__builtin_shufflevector(none, words, 0, 1, 4, 5));
}

// expand_sha256 writes the 64 words of a block's schedule, each with its constant added to it.
inline void expand_sha256(std::uint32_t* words, const std::uint32_t* constants, const char* block) noexcept {
  Lanes a = load_block(block), b = load_block(block + 16), c = load_block(block + 32), d = load_block(block + 48);
  for (int turn = 0;; ++turn) {
    store_lanes(words, a + load_lanes(constants));
    store_lanes(words + 4, b + load_lanes(constants + 4));
    store_lanes(words + 8, c + load_lanes(constants + 8));
    store_lanes(words + 12, d + load_lanes(constants + 12));
    if (turn == 3) return;
    a = next_sha256_words(a, b, c, d);
    b = next_sha256_words(b, c, d, a);
    c = next_sha256_words(c, d, a, b);
    d = next_sha256_words(d, a, b, c);
    words += 16;
    constants += 16;
  }
}

}  // namespace refedge::crypto::portable
