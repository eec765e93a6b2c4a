#include "core/crypto/portable/portable.h"
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

inline void step(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t& d, std::uint32_t e,
                 std::uint32_t f, std::uint32_t g, std::uint32_t& h, std::uint32_t word) noexcept {
  h += (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (g ^ (e & (f ^ g))) + word;
  d += h;
  h += (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) | (c & (a | b)));
}

void expand(std::uint32_t* words, const char* block) noexcept {
  for (int t = 0; t < 16; ++t) words[t] = load_word(block + 4 * t);
  for (int t = 16; t < 64; ++t) {
    const std::uint32_t x = words[t - 15];
    const std::uint32_t y = words[t - 2];
    words[t] = words[t - 16] + words[t - 7] + (rotate(x, 7) ^ rotate(x, 18) ^ x >> 3) +
               (rotate(y, 17) ^ rotate(y, 19) ^ y >> 10);
  }
}

void compress(std::uint32_t* state, const char* block) noexcept {
  std::uint32_t words[64];
  expand(words, block);
  std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  std::uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  // Eight steps at a time, after which each name stands for the same word again: nothing has to be moved.
  for (int t = 0; t < 64; t += 8) {
    step(a, b, c, d, e, f, g, h, words[t] + kConstants[t]);
    step(h, a, b, c, d, e, f, g, words[t + 1] + kConstants[t + 1]);
    step(g, h, a, b, c, d, e, f, words[t + 2] + kConstants[t + 2]);
    step(f, g, h, a, b, c, d, e, words[t + 3] + kConstants[t + 3]);
    step(e, f, g, h, a, b, c, d, words[t + 4] + kConstants[t + 4]);
    step(d, e, f, g, h, a, b, c, words[t + 5] + kConstants[t + 5]);
    step(c, d, e, f, g, h, a, b, words[t + 6] + kConstants[t + 6]);
    step(b, c, d, e, f, g, h, a, words[t + 7] + kConstants[t + 7]);
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
