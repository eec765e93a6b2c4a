#include "core/crypto/portable/portable.h"
#include "core/crypto/portable/sha1_lanes.h"
#include "core/crypto/words.h"

namespace refedge::crypto::portable {
namespace {

constexpr std::uint32_t kInitial[] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

constexpr std::uint32_t rotate(std::uint32_t word, int bits) noexcept {
  return word << bits | word >> (32 - bits);
}

using Mix = std::uint32_t (*)(std::uint32_t, std::uint32_t, std::uint32_t);
constexpr std::uint32_t choose(std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return d ^ (b & (c ^ d));
}
constexpr std::uint32_t parity(std::uint32_t b, std::uint32_t c, std::uint32_t d) { return b ^ c ^ d; }
constexpr std::uint32_t majority(std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return (b & c) | (d & (b | c));
}

constexpr std::uint32_t kConstants[] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};

struct State {
  std::uint32_t a, b, c, d, e;
};

// The last three words stay in variables: what was just stored would be slow to read.
void expand(std::uint32_t* words, const char* block) noexcept {
  if (kHasLanes) return expand_sha1(words, kConstants, block);
  for (int t = 0; t < 16; ++t) words[t] = load_word(block + 4 * t);
  std::uint32_t x = words[13], y = words[14], z = words[15];
  for (const std::uint32_t* const end = words + 64; words != end; ++words) {
    const std::uint32_t word = rotate(x ^ words[8] ^ words[2] ^ words[0], 1);
    words[16] = word;
    x = y;
    y = z;
    z = word;
  }
}

template <Mix mix, std::uint32_t constant>
inline void step(std::uint32_t a, std::uint32_t& b, std::uint32_t c, std::uint32_t d, std::uint32_t& e,
                 std::uint32_t word) noexcept {
  // What the step before made, `a`, comes last: the others need not wait for it.
  e += input_of(word, constant);
  e += mix(b, c, d);
  e += rotate(a, 5);
  b = rotate(b, 30);
}

// Twenty steps. Five at a time, after which each name stands for the same word again: nothing has to be
// moved.
template <Mix mix, std::uint32_t constant>
inline void round(State& s, const std::uint32_t* words) noexcept {
  for (const std::uint32_t* const end = words + 20; words != end; words += 5) {
    step<mix, constant>(s.a, s.b, s.c, s.d, s.e, words[0]);
    step<mix, constant>(s.e, s.a, s.b, s.c, s.d, words[1]);
    step<mix, constant>(s.d, s.e, s.a, s.b, s.c, words[2]);
    step<mix, constant>(s.c, s.d, s.e, s.a, s.b, words[3]);
    step<mix, constant>(s.b, s.c, s.d, s.e, s.a, words[4]);
  }
}

void compress(std::uint32_t* state, const char* block) noexcept {
  std::uint32_t words[80];
  expand(words, block);
  State s = {state[0], state[1], state[2], state[3], state[4]};
  round<choose, kConstants[0]>(s, words);
  round<parity, kConstants[1]>(s, words + 20);
  round<majority, kConstants[2]>(s, words + 40);
  round<parity, kConstants[3]>(s, words + 60);
  state[0] += s.a;
  state[1] += s.b;
  state[2] += s.c;
  state[3] += s.d;
  state[4] += s.e;
}

}  // namespace

const Hash kSha1 = {compress, kInitial, 5};

}  // namespace refedge::crypto::portable
