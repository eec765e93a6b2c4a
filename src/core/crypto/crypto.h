// The primitives that the core takes from Crypto++. Private to src/core.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace refedge::crypto {

inline constexpr std::size_t kAesBlockLength = 16;
inline constexpr std::size_t kAes256KeyLength = 32;

using Sha256Digest = std::array<std::uint8_t, 32>;
using Sha1Digest = std::array<std::uint8_t, 20>;

// as_text views a digest as bytes; it is valid as long as the digest is.
template <std::size_t N>
[[nodiscard]] std::string_view as_text(const std::array<std::uint8_t, N>& digest) noexcept {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// sha256 hashes `data`. Spec: FIPS 180-4 section 6.2.
[[nodiscard]] Sha256Digest sha256(std::string_view data);

// hmac_sha256 and hmac_sha1 authenticate `data` under a `key` of any length. Spec: RFC 2104.
[[nodiscard]] Sha256Digest hmac_sha256(std::string_view key, std::string_view data);
[[nodiscard]] Sha1Digest hmac_sha1(std::string_view key, std::string_view data);

// aes256_ecb_encrypt pads `plain` as PKCS#7 does and encrypts it: 16 * (n / 16 + 1) bytes.
// Precondition: `key` has kAes256KeyLength bytes. Spec: FIPS 197; SP 800-38A section 6.1; RFC 5652
// section 6.3.
[[nodiscard]] std::string aes256_ecb_encrypt(std::string_view plain, std::string_view key);

// aes256_ecb_decrypt decrypts whole blocks and drops the padding, or returns nothing when `cipher` is
// empty, is no whole number of blocks or ends in padding that no encryption makes. The padding is
// checked in a time that does not depend on it. Precondition: as above.
[[nodiscard]] std::optional<std::string> aes256_ecb_decrypt(std::string_view cipher, std::string_view key);

}  // namespace refedge::crypto
