// AES-256 on eight blocks at a time, with a plane for each bit of a byte: where WebAssembly has lanes, that takes a third of the time of
// tables. In a plane, byte 4 * row + column has the bit of eight blocks, a block to a bit. Spec: FIPS 197.
#include <cstring>
#include <string>

#include "core/crypto/portable/aes.h"
#include "core/crypto/portable/aes_box.h"

namespace refedge::crypto::portable {
namespace {

constexpr std::size_t kNumPlanes = 8;
constexpr std::size_t kGroupLength = 8 * sizeof(ByteLanes);

using PlaneKeys = Planes[kNumRounds + 1];
using WideLanes = std::uint64_t __attribute__((vector_size(16)));

inline ByteLanes repeat(std::uint8_t b) noexcept { return ByteLanes{b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b}; }

// Both shift bits from one byte to its neighbour: the caller masks them.
inline ByteLanes shift_right(ByteLanes x, int bits) noexcept {
  return reinterpret_cast<ByteLanes>(reinterpret_cast<WideLanes>(x) >> bits);
}

inline ByteLanes shift_left(ByteLanes x, int bits) noexcept {
  return reinterpret_cast<ByteLanes>(reinterpret_cast<WideLanes>(x) << bits);
}

// From columns, as texts and keys have them, to rows, and back.
inline ByteLanes turn(ByteLanes x) noexcept {
  return __builtin_shufflevector(x, x, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
}

inline ByteLanes next_row(ByteLanes x) noexcept {
  return __builtin_shufflevector(x, x, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3);
}

inline ByteLanes second_next_row(ByteLanes x) noexcept {
  return __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
}

// The bytes of `x` at the places that `from` has. V8 builds the operand of a shuffle anew each time; that of a swizzle it keeps.
inline ByteLanes pick(ByteLanes x, ByteLanes from) noexcept {
#ifdef __wasm_simd128__
  using SignedLanes = signed char __attribute__((vector_size(16)));
  return reinterpret_cast<ByteLanes>(
      __builtin_wasm_swizzle_i8x16(reinterpret_cast<SignedLanes>(x), reinterpret_cast<SignedLanes>(from)));
#else
  ByteLanes picked;
  for (std::size_t i = 0; i < sizeof picked; ++i) picked[i] = x[from[i]];
  return picked;
#endif
}

inline void shift_rows(Planes& x) noexcept {
  for (ByteLanes& bit : x.bit) bit = pick(bit, ByteLanes{0, 1, 2, 3, 5, 6, 7, 4, 10, 11, 8, 9, 15, 12, 13, 14});
}

inline void shift_rows_back(Planes& x) noexcept {
  for (ByteLanes& bit : x.bit) bit = pick(bit, ByteLanes{0, 1, 2, 3, 7, 4, 5, 6, 10, 11, 8, 9, 13, 14, 15, 12});
}

// Turns eight rows of eight bits, of which each lane has one, into columns. It is its own inverse.
inline void transpose(Planes& x) noexcept {
  constexpr std::uint8_t kMasks[] = {0x55, 0x33, 0x0F};
  for (int stage = 0; stage < 3; ++stage) {
    const int distance = 1 << stage;
    const ByteLanes mask = repeat(kMasks[stage]);
    for (int i = 0; i < 8; ++i) {
      if ((i & distance) != 0) continue;
      ByteLanes& low = x.bit[i];
      ByteLanes& high = x.bit[i + distance];
      const ByteLanes swapped = (shift_right(low, distance) ^ high) & mask;
      high ^= swapped;
      low ^= shift_left(swapped, distance);
    }
  }
}

inline void add_key(Planes& x, const Planes& key) noexcept {
  for (std::size_t i = 0; i < kNumPlanes; ++i) x.bit[i] ^= key.bit[i];
}

inline void mix_columns(Planes& x) noexcept {
  Planes next;
  Planes sum;
  for (std::size_t i = 0; i < kNumPlanes; ++i) {
    next.bit[i] = next_row(x.bit[i]);
    sum.bit[i] = x.bit[i] ^ next.bit[i];
  }
  const ByteLanes high = sum.bit[7];
  const ByteLanes twice[] = {high, sum.bit[0] ^ high, sum.bit[1], sum.bit[2] ^ high, sum.bit[3] ^ high, sum.bit[4], sum.bit[5], sum.bit[6]};
  for (std::size_t i = 0; i < kNumPlanes; ++i) x.bit[i] = twice[i] ^ next.bit[i] ^ second_next_row(sum.bit[i]);
}

// InvMixColumns is MixColumns of what has four times the sum with the second next row added.
inline void mix_columns_back(Planes& x) noexcept {
  Planes s;
  for (std::size_t i = 0; i < kNumPlanes; ++i) s.bit[i] = x.bit[i] ^ second_next_row(x.bit[i]);
  const auto& b = s.bit;
  const ByteLanes both = b[6] ^ b[7];
  const ByteLanes fourfold[] = {b[6], both, b[0] ^ b[7], b[1] ^ b[6], b[2] ^ both, b[3] ^ b[7], b[4], b[5]};
  for (std::size_t i = 0; i < kNumPlanes; ++i) x.bit[i] ^= fourfold[i];
  mix_columns(x);
}

inline Planes load_group(const char* from) noexcept {
  Planes x;
  for (std::size_t i = 0; i < kNumPlanes; ++i) {
    std::memcpy(&x.bit[i], from + i * sizeof(ByteLanes), sizeof(ByteLanes));
    x.bit[i] = turn(x.bit[i]);
  }
  transpose(x);
  return x;
}

inline void store_group(char* to, Planes x) noexcept {
  transpose(x);
  for (std::size_t i = 0; i < kNumPlanes; ++i) {
    const ByteLanes block = turn(x.bit[i]);
    std::memcpy(to + i * sizeof(ByteLanes), &block, sizeof block);
  }
}

// Each key is the same for eight blocks. 0x63, which SubBytes adds and the circuits do not, stays itself through both ways of
// ShiftRows and MixColumns: each key after the first one has it.
inline void spread_keys(Planes* keys, const Word* words) noexcept {
  for (int round = 0; round <= kNumRounds; ++round) {
    ByteLanes key;
    std::memcpy(&key, words + 4 * round, sizeof key);
    key = turn(key);
    if (round != 0) key ^= repeat(0x63);
    for (unsigned i = 0; i < kNumPlanes; ++i) {
      const ByteLanes mask = repeat(static_cast<std::uint8_t>(1U << i));
      keys[round].bit[i] = reinterpret_cast<ByteLanes>((key & mask) == mask);
    }
  }
}

inline void encrypt_group(const Planes* keys, char* blocks) noexcept {
  Planes x = load_group(blocks);
  add_key(x, keys[0]);
  for (int round = 1;; ++round) {
    x = substitute(x);
    shift_rows(x);
    if (round == kNumRounds) break;
    mix_columns(x);
    add_key(x, keys[round]);
  }
  add_key(x, keys[kNumRounds]);
  store_group(blocks, x);
}

inline void decrypt_group(const Planes* keys, char* blocks) noexcept {
  Planes x = load_group(blocks);
  add_key(x, keys[kNumRounds]);
  for (int round = kNumRounds - 1;; --round) {
    shift_rows_back(x);
    x = substitute_inverse(x);
    add_key(x, keys[round]);
    if (round == 0) break;
    mix_columns_back(x);
  }
  store_group(blocks, x);
}

using GroupTransform = void (*)(const Planes* keys, char* blocks) noexcept;

// Transforms each block of `text`; a last group that is not whole has blocks of zeros, which go nowhere.
inline void transform_groups(GroupTransform transform, const Word* words, std::string& text) noexcept {
  PlaneKeys keys;
  spread_keys(keys, words);
  const std::size_t rest = text.size() % kGroupLength;
  char* const end = text.data() + text.size() - rest;
  for (char* group = text.data(); group != end; group += kGroupLength) transform(keys, group);
  if (rest == 0) return;
  char last[kGroupLength] = {};
  std::memcpy(last, end, rest);
  transform(keys, last);
  std::memcpy(end, last, rest);
}

}  // namespace

void encrypt_by_lanes(const Word* keys, std::string& text) noexcept { transform_groups(encrypt_group, keys, text); }
void decrypt_by_lanes(const Word* keys, std::string& text) noexcept { transform_groups(decrypt_group, keys, text); }

}  // namespace refedge::crypto::portable
