// AES-256 by the table method: a round is four look-ups and rotations a column. The tables are made on first
// use, from the arithmetic of GF(2^8), because stored ones do not compress. Spec: FIPS 197.
#include <cassert>
#include <cstring>

#include "core/crypto/padding.h"
#include "core/crypto/portable/portable.h"
#include "core/crypto/portable/words.h"

namespace refedge::crypto::portable {
namespace {

constexpr int kNumRounds = 14;
constexpr int kNumRoundWords = 4 * (kNumRounds + 1);
constexpr int kNumKeyWords = 8;

using Word = std::uint32_t;
using Block = Word[4];

struct Tables {
  std::uint8_t box[256];  // SubBytes
  Word columns[256];      // SubBytes and MixColumns of a byte in the first row
};

// Backwards: the inverse of each.
Tables encryption;
Tables decryption;
bool are_tables_made = false;

constexpr Word rotate(Word word, int bits) noexcept { return word >> bits | word << ((32 - bits) & 31); }
constexpr Word twice(Word x) noexcept { return (x << 1) ^ (x >> 7) * 0x11B; }

// The product of a byte with the column `a b c d` of MixColumns, each of at most four bits.
constexpr Word multiply(Word x, Word column) noexcept {
  Word product = 0;
  for (int bit = 0; bit < 4; ++bit, x = twice(x)) {
    product ^= (column >> bit & 0x01010101U) * x;
  }
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
    encryption.columns[x] = multiply(encryption.box[x], 0x02010103);
    decryption.columns[x] = multiply(decryption.box[x], 0x0E090D0B);
  }
  are_tables_made = true;
}

constexpr unsigned byte_of(Word word, int row) noexcept { return word >> (24 - 8 * row) & 0xFF; }

Word substitute(const Tables& tables, Word a, Word b, Word c, Word d) noexcept {
  return static_cast<Word>(tables.box[byte_of(a, 0)]) << 24 |
         static_cast<Word>(tables.box[byte_of(b, 1)]) << 16 |
         static_cast<Word>(tables.box[byte_of(c, 2)]) << 8 | tables.box[byte_of(d, 3)];
}

Word mix(const Tables& tables, Word a, Word b, Word c, Word d) noexcept {
  const Word* const columns = tables.columns;
  return columns[byte_of(a, 0)] ^ rotate(columns[byte_of(b, 1)], 8) ^ rotate(columns[byte_of(c, 2)], 16) ^
         rotate(columns[byte_of(d, 3)], 24);
}

void expand_key(Word* keys, std::string_view key) noexcept {
  if (!are_tables_made) make_tables();
  for (int i = 0; i < kNumKeyWords; ++i) keys[i] = load_word(key.data() + 4 * i);
  Word constant = 1;
  for (int i = kNumKeyWords; i < kNumRoundWords; ++i) {
    Word word = keys[i - 1];
    if (i % kNumKeyWords == 0) word = rotate(word, 24);
    if (i % (kNumKeyWords / 2) == 0) word = substitute(encryption, word, word, word, word);
    if (i % kNumKeyWords == 0) {
      word ^= constant << 24;
      constant = twice(constant);
    }
    keys[i] = keys[i - kNumKeyWords] ^ word;
  }
}

// The keys of the equivalent inverse cipher: the rounds backwards, those between through InvMixColumns.
void invert_keys(Word* inverse, const Word* keys) noexcept {
  for (int i = 0; i < kNumRoundWords; ++i) {
    const Word word = keys[4 * (kNumRounds - i / 4) + i % 4];
    const bool is_between = i >= 4 && i < 4 * kNumRounds;
    const Word boxed = substitute(encryption, word, word, word, word);
    inverse[i] = is_between ? mix(decryption, boxed, boxed, boxed, boxed) : word;
  }
}

// Transforms each block of `text`. The second row takes its byte from the next column; backwards, from the
// one before.
void transform(const Tables& tables, const Word* keys, unsigned next, std::string& text) noexcept {
  for (char* block = text.data(); block != text.data() + text.size(); block += kAesBlockLength) {
    Block in;
    Block out;
    for (unsigned i = 0; i < 4; ++i) in[i] = load_word(block + 4 * i) ^ keys[i];
    const Word* round_keys = keys + 4;
    for (; round_keys != keys + 4 * kNumRounds; round_keys += 4) {
      for (unsigned i = 0; i < 4; ++i)
        out[i] = mix(tables, in[i], in[(i + next) & 3], in[(i + 2) & 3], in[(i - next) & 3]) ^ round_keys[i];
      std::memcpy(in, out, sizeof in);
    }
    for (unsigned i = 0; i < 4; ++i) {
      const Word word = substitute(tables, in[i], in[(i + next) & 3], in[(i + 2) & 3], in[(i - next) & 3]);
      store_word(block + 4 * i, word ^ round_keys[i]);
    }
  }
}

}  // namespace

std::string aes256_ecb_encrypt(std::string_view plain, std::string_view key) {
  assert(key.size() == kAes256KeyLength);
  Word keys[kNumRoundWords];
  expand_key(keys, key);
  std::string text = pad(plain);
  transform(encryption, keys, 1, text);
  return text;
}

std::optional<std::string> aes256_ecb_decrypt(std::string_view cipher, std::string_view key) {
  assert(key.size() == kAes256KeyLength);
  if (!is_whole_blocks(cipher)) return std::nullopt;
  Word keys[kNumRoundWords];
  Word inverse[kNumRoundWords];
  expand_key(keys, key);
  invert_keys(inverse, keys);
  std::string text(cipher);
  transform(decryption, inverse, 3, text);
  const std::size_t padding = padding_length(text);
  if (padding == 0) return std::nullopt;
  text.resize(text.size() - padding);
  return text;
}

}  // namespace refedge::crypto::portable
