// AES-256 by the table method: a round is four look-ups and rotations a column. The tables are made on first
// use, from the arithmetic of GF(2^8), because stored ones do not compress. Spec: FIPS 197.
#include <cstring>

#include "core/crypto/crypto.h"
#include "core/crypto/portable/aes.h"

namespace refedge::crypto::portable {
namespace {

struct Tables {
  std::uint8_t box[256];  // SubBytes
  Word columns[256];      // SubBytes and MixColumns of a byte in the first row
};

// Backwards: the inverse of each.
Tables encryption;
Tables decryption;
bool are_tables_made = false;

constexpr Word rotate(Word word, int bits) noexcept { return word << bits | word >> (32 - bits); }
constexpr Word twice(Word x) noexcept { return (x << 1) ^ (x >> 7) * 0x11B; }

// The product of a byte with the column of MixColumns that `column` holds, each of its numbers at most four
// bits.
constexpr Word multiply(Word x, Word column) noexcept {
  Word product = 0;
  for (int bit = 0; bit < 4; ++bit, x = twice(x)) product ^= (column >> bit & 0x01010101U) * x;
  return product;
}

// Walks through all of the field but 0 by a generator (3) and its inverse, so that the two are each other's
// inverses.
void make_tables() noexcept {
  Word power = 1;
  Word inverse = 1;
  do {
    power ^= twice(power);
    inverse ^= inverse << 1;
    inverse ^= inverse << 2;
    inverse ^= inverse << 4;
    inverse &= 0xFF;
    if (inverse & 0x80) inverse ^= 0x09;
    const Word twofold = inverse | inverse << 8;
    const Word s = (twofold ^ twofold >> 4 ^ twofold >> 5 ^ twofold >> 6 ^ twofold >> 7 ^ 0x63) & 0xFF;
    encryption.box[power] = static_cast<std::uint8_t>(s);
  } while (power != 1);
  encryption.box[0] = 0x63;
  for (Word x = 0; x < 256; ++x) decryption.box[encryption.box[x]] = static_cast<std::uint8_t>(x);
  for (Word x = 0; x < 256; ++x) {
    encryption.columns[x] = multiply(encryption.box[x], 0x03010102);
    decryption.columns[x] = multiply(decryption.box[x], 0x0B0D090E);
  }
  are_tables_made = true;
}

inline Word substitute(const std::uint8_t* box, Word a, Word b, Word c, Word d) noexcept {
  return box[a & 0xFF] | Word{box[b >> 8 & 0xFF]} << 8 | Word{box[c >> 16 & 0xFF]} << 16 |
         Word{box[d >> 24]} << 24;
}

Word substitute_word(Word word) noexcept { return substitute(encryption.box, word, word, word, word); }

inline Word mix(const Word* columns, Word a, Word b, Word c, Word d) noexcept {
  return columns[a & 0xFF] ^ rotate(columns[b >> 8 & 0xFF], 8) ^ rotate(columns[c >> 16 & 0xFF], 16) ^
         rotate(columns[d >> 24], 24);
}

// The keys of the equivalent inverse cipher: the rounds backwards, those between through InvMixColumns, and
// columns 1 and 3 in each other's place (see transform).
void invert_keys(Word* inverse, const Word* keys) noexcept {
  for (int i = 0; i < kNumRoundWords; ++i) {
    const Word word = keys[4 * (kNumRounds - i / 4) + (4 - i % 4) % 4];
    const bool is_between = i >= 4 && i < 4 * kNumRounds;
    const Word boxed = substitute_word(word);
    inverse[i] = is_between ? mix(decryption.columns, boxed, boxed, boxed, boxed) : word;
  }
}

// Transforms each block of `text`. Backwards the rows shift the other way, which is the same as columns 1 and
// 3 in each other's place: `second` is where the second column stands.
void transform(const Tables& tables, const Word* keys, int second, std::string& text) noexcept {
  const Word* const columns = tables.columns;
  const std::uint8_t* const box = tables.box;
  for (char *block = text.data(), *end = block + text.size(); block != end; block += kAesBlockLength) {
    Word in[4];
    std::memcpy(in, block, sizeof in);
    const Word* k = keys;
    Word a = in[0] ^ k[0], b = in[second] ^ k[1], c = in[2] ^ k[2], d = in[4 - second] ^ k[3];
    for (k += 4; k != keys + 4 * kNumRounds; k += 4) {
      const Word e = mix(columns, a, b, c, d) ^ k[0];
      const Word f = mix(columns, b, c, d, a) ^ k[1];
      const Word g = mix(columns, c, d, a, b) ^ k[2];
      d = mix(columns, d, a, b, c) ^ k[3];
      a = e;
      b = f;
      c = g;
    }
    in[0] = substitute(box, a, b, c, d) ^ k[0];
    in[second] = substitute(box, b, c, d, a) ^ k[1];
    in[2] = substitute(box, c, d, a, b) ^ k[2];
    in[4 - second] = substitute(box, d, a, b, c) ^ k[3];
    std::memcpy(block, in, sizeof in);
  }
}

}  // namespace

void expand_key(Word* keys, std::string_view key) noexcept {
  constexpr int kNumKeyWords = kAes256KeyLength / sizeof(Word);
  if (!are_tables_made) make_tables();
  std::memcpy(keys, key.data(), kAes256KeyLength);
  Word constant = 1;
  for (int i = kNumKeyWords; i < kNumRoundWords; ++i) {
    Word word = keys[i - 1];
    if (i % (kNumKeyWords / 2) == 0) word = substitute_word(word);
    if (i % kNumKeyWords == 0) {
      word = rotate(word, 24) ^ constant;
      constant = twice(constant);
    }
    keys[i] = keys[i - kNumKeyWords] ^ word;
  }
}

void encrypt_by_tables(const Word* keys, std::string& text) noexcept {
  transform(encryption, keys, 1, text);
}

void decrypt_by_tables(const Word* keys, std::string& text) noexcept {
  Word inverse[kNumRoundWords];
  invert_keys(inverse, keys);
  transform(decryption, inverse, 3, text);
}

}  // namespace refedge::crypto::portable
