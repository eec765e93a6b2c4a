// The message schedule of SHA-1 by lanes of four words. Spec: FIPS 180-4 section 6.1.2.
#pragma once

#include "core/crypto/portable/lanes.h"

namespace refedge::crypto::portable {

// next_sha1_words gives W[t] to W[t+3], of the sixteen words before them. The last of them needs the first, and gets it in the
// end: a rotation of what is combined by exclusive or is the rotations combined.
inline Lanes next_sha1_words(Lanes a, Lanes b, Lanes c, Lanes d) noexcept {
  const Lanes none = {};
  const Lanes words = rotate_left(
      a ^ __builtin_shufflevector(a, b, 2, 3, 4, 5) ^ c ^ __builtin_shufflevector(d, none, 1, 2, 3, 4), 1);
  return words ^ rotate_left(__builtin_shufflevector(none, words, 0, 1, 2, 4), 1);
}

// expand_sha1 writes the 80 words of a block's schedule, each with the constant of its step added to it.
inline void expand_sha1(std::uint32_t* words, const std::uint32_t (&constants)[4], const char* block) noexcept {
  Lanes a = load_block(block), b = load_block(block + 16), c = load_block(block + 32), d = load_block(block + 48);
  for (int t = 0; t < 80; t += 4) {
    store_lanes(words + t, a + constants[t / 20]);
    const Lanes next = next_sha1_words(a, b, c, d);
    a = b;
    b = c;
    c = d;
    d = next;
  }
}

}  // namespace refedge::crypto::portable
