#include "core/crypto/portable/portable.h"
#include "core/crypto/portable/sha256_lanes.h"
#include "core/crypto/words.h"

namespace refedge::crypto::portable {
namespace {

constexpr std::uint32_t kConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

constexpr std::uint32_t rotate(std::uint32_t word, int bits) noexcept {
  return word >> bits | word << (32 - bits);
}

// `ab` and `bc` are a ^ b and b ^ c: the one is the other of the next step, so each is made once.
inline void step(std::uint32_t a, std::uint32_t b, std::uint32_t& bc, std::uint32_t& d, std::uint32_t e,
                 std::uint32_t f, std::uint32_t g, std::uint32_t& h, std::uint32_t word) noexcept {
  const std::uint32_t ab = a ^ b;
  h += word;
  h += g ^ (e & (f ^ g));
  h += rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
  d += h;
  h += b ^ (ab & bc);
  h += rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
  bc = ab;
}

// Words that the next turn needs again stay in variables: what was just stored would be slow to read.
void expand(std::uint32_t* words, const char* block) noexcept {
  if (kHasLanes) return expand_sha256(words, kConstants, block);
  for (int t = 0; t < 16; ++t) words[t] = load_word(block + 4 * t);
  std::uint32_t first = words[0], before_last = words[14], last = words[15];
  for (const std::uint32_t* const end = words + 48; words != end; ++words) {
    const std::uint32_t x = words[1], y = before_last;
    before_last = last;
    last = first + words[9] + (rotate(x, 7) ^ rotate(x, 18) ^ x >> 3) +
           (rotate(y, 17) ^ rotate(y, 19) ^ y >> 10);
    words[16] = last;
    first = x;
  }
}

void compress(std::uint32_t* state, const char* block) noexcept {
  std::uint32_t words[64];
  expand(words, block);
  std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  std::uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  std::uint32_t bc = b ^ c;
  // Eight steps at a time, after which each name stands for the same word again: nothing has to be moved.
  const std::uint32_t* k = kConstants;
  for (const std::uint32_t* w = words; w != words + 64; w += 8, k += 8) {
    step(a, b, bc, d, e, f, g, h, input_of(w[0], k[0]));
    step(h, a, bc, c, d, e, f, g, input_of(w[1], k[1]));
    step(g, h, bc, b, c, d, e, f, input_of(w[2], k[2]));
    step(f, g, bc, a, b, c, d, e, input_of(w[3], k[3]));
    step(e, f, bc, h, a, b, c, d, input_of(w[4], k[4]));
    step(d, e, bc, g, h, a, b, c, input_of(w[5], k[5]));
    step(c, d, bc, f, g, h, a, b, input_of(w[6], k[6]));
    step(b, c, bc, e, f, g, h, a, input_of(w[7], k[7]));
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

}  // namespace

const Hash kSha256 = {compress, kSha256Initial, 8};

}  // namespace refedge::crypto::portable
