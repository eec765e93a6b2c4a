// What the parts of AES-256 share. Private to src/core/crypto/portable. Words are little-endian: the first row is the lowest byte.
// Spec: FIPS 197.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace refedge::crypto::portable {

inline constexpr int kNumRounds = 14;
inline constexpr int kNumRoundWords = 4 * (kNumRounds + 1);

using Word = std::uint32_t;

// expand_key writes the kNumRoundWords words of the key schedule to `keys`. Precondition: key.size() == kAes256KeyLength.
void expand_key(Word* keys, std::string_view key) noexcept;

// Each transforms the whole blocks of `text` by the words of expand_key. By lanes, no address depends on a word or the text.
void encrypt_by_tables(const Word* keys, std::string& text) noexcept;
void decrypt_by_tables(const Word* keys, std::string& text) noexcept;
void encrypt_by_lanes(const Word* keys, std::string& text) noexcept;
void decrypt_by_lanes(const Word* keys, std::string& text) noexcept;

}  // namespace refedge::crypto::portable
