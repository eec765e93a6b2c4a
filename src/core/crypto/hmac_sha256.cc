#include "core/crypto/hmac_sha256.h"

#include <cryptopp/sha.h>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstring>

namespace refedge::crypto {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kWord = 4;
constexpr std::size_t kLengthField = 8;

// SHA-256 from a state that is given, by blocks. Crypto++'s own object takes three times as long for a short text:
// it keeps its state behind virtual functions and a cleared buffer.
class Sha256From {
 public:
  explicit Sha256From(const std::uint32_t* state) noexcept { std::copy_n(state, state_.size(), state_.begin()); }

  void add_block(const char* bytes) noexcept {
    std::array<std::uint32_t, kBlock / kWord> words;
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = load_be(bytes + i * kWord);
    CryptoPP::SHA256::Transform(state_.data(), words.data());
  }

  // `before` counts the bytes that went into the state that was given. Spec: FIPS 180-4 section 5.1.1.
  Sha256Digest finish(std::string_view data, std::size_t before) noexcept {
    const std::uint64_t bits = (before + data.size()) * std::uint64_t{8};
    for (; data.size() >= kBlock; data.remove_prefix(kBlock)) add_block(data.data());
    std::array<char, 2 * kBlock> last{};
    std::memcpy(last.data(), data.data(), data.size());
    last[data.size()] = static_cast<char>(0x80);
    const std::size_t length = data.size() + 1 + kLengthField <= kBlock ? kBlock : 2 * kBlock;
    for (std::size_t i = 0; i < kLengthField; ++i) last[length - 1 - i] = static_cast<char>(bits >> (8 * i));
    for (std::size_t at = 0; at < length; at += kBlock) add_block(last.data() + at);
    return digest();
  }

 private:
  // Compilers know these shifts for one load and one swap of bytes.
  static std::uint32_t load_be(const char* bytes) noexcept {
    std::uint8_t b[kWord];
    std::memcpy(b, bytes, kWord);
    return std::uint32_t{b[0]} << 24 | std::uint32_t{b[1]} << 16 | std::uint32_t{b[2]} << 8 | b[3];
  }

  [[nodiscard]] Sha256Digest digest() const noexcept {
    Sha256Digest digest;
    for (std::size_t i = 0; i < digest.size(); ++i)
      digest[i] = static_cast<std::uint8_t>(state_[i / kWord] >> (24 - 8 * (i % kWord)));
    return digest;
  }

  std::array<std::uint32_t, 8> state_;
};

// FIPS 180-4 section 5.3.3.
constexpr std::array<std::uint32_t, 8> kInitial = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                   0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

// One block of the key under `pad` from the initial state.
void start(std::string_view key, std::uint8_t pad, std::uint32_t* state) noexcept {
  std::array<std::uint32_t, kBlock / kWord> words;
  words.fill(pad * 0x01010101U);
  for (std::size_t i = 0; i < key.size(); ++i)
    words[i / kWord] ^= std::uint32_t{static_cast<std::uint8_t>(key[i])} << (24 - 8 * (i % kWord));
  std::copy(kInitial.begin(), kInitial.end(), state);
  CryptoPP::SHA256::Transform(state, words.data());
  // Through volatile, or the compiler would drop stores to what is never read again.
  volatile std::uint32_t* secret = words.data();
  for (std::size_t i = 0; i < words.size(); ++i) secret[i] = 0;
}

}  // namespace

HmacSha256State prepare_hmac_sha256(std::string_view key) noexcept {
  assert(key.size() <= kBlock);
  HmacSha256State state;
  start(key, 0x36, state.data());
  start(key, 0x5c, state.data() + 8);
  return state;
}

Sha256Digest hmac_sha256(const HmacSha256State& state, std::string_view data) noexcept {
  const Sha256Digest inner = Sha256From(state.data()).finish(data, kBlock);
  return Sha256From(state.data() + 8).finish(as_text(inner), kBlock);
}

}  // namespace refedge::crypto
