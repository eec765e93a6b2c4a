// The portable primitives against the ones that core/crypto/crypto.h names on this host: natively Crypto++'s.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/crypto/crypto.h"
#include "core/crypto/portable/aes.h"
#include "core/crypto/portable/portable.h"

namespace refedge::crypto {
namespace {

// Bytes that are the same in every run.
class Bytes {
 public:
  std::string take(std::size_t count) {
    std::string bytes(count, '\0');
    for (char& byte : bytes) {
      state_ = state_ * 6364136223846793005U + 1442695040888963407U;
      byte = static_cast<char>(state_ >> 56);
    }
    return bytes;
  }

 private:
  std::uint64_t state_ = 1;
};

// All lengths around the ends of one, two and five blocks, where padding goes wrong if it does.
TEST(PortableCrypto, HashesAsTheHostDoesForEveryLength) {
  Bytes bytes;
  for (std::size_t length = 0; length <= 330; ++length) {
    const std::string data = bytes.take(length);
    ASSERT_EQ(portable::sha256(data), sha256(data)) << length;
  }
}

TEST(PortableCrypto, AuthenticatesAsTheHostDoesForEveryLengthOfKey) {
  Bytes bytes;
  for (std::size_t length = 0; length <= 200; ++length) {
    const std::string key = bytes.take(length);
    const std::string data = bytes.take(3 * length % 190);
    ASSERT_EQ(portable::hmac_sha256(key, data), hmac_sha256(key, data)) << length;
    ASSERT_EQ(portable::hmac_sha1(key, data), hmac_sha1(key, data)) << length;
  }
}

TEST(PortableCrypto, EncryptsAsTheHostDoesAndDecryptsItAgain) {
  Bytes bytes;
  for (std::size_t length = 0; length <= 200; ++length) {
    const std::string key = bytes.take(kAes256KeyLength);
    const std::string plain = bytes.take(length);
    const std::string cipher = portable::aes256_ecb_encrypt(plain, key);
    ASSERT_EQ(cipher, aes256_ecb_encrypt(plain, key)) << length;
    ASSERT_EQ(portable::aes256_ecb_decrypt(cipher, key), plain) << length;
  }
}

// Whole groups of eight blocks, and every rest.
TEST(PortableCrypto, EncryptsAndDecryptsByLanesAsByTables) {
  Bytes bytes;
  for (std::size_t num_blocks = 0; num_blocks <= 40; ++num_blocks) {
    portable::Word keys[portable::kNumRoundWords];
    portable::expand_key(keys, bytes.take(kAes256KeyLength));
    const std::string plain = bytes.take(num_blocks * kAesBlockLength);
    std::string by_tables = plain;
    portable::encrypt_by_tables(keys, by_tables);
    std::string by_lanes = plain;
    portable::encrypt_by_lanes(keys, by_lanes);
    ASSERT_EQ(by_lanes, by_tables) << num_blocks;
    portable::decrypt_by_lanes(keys, by_lanes);
    ASSERT_EQ(by_lanes, plain) << num_blocks;
    portable::decrypt_by_tables(keys, by_tables);
    ASSERT_EQ(by_tables, plain) << num_blocks;
  }
}

TEST(PortableCrypto, RefusesWhatNoEncryptionMakes) {
  Bytes bytes;
  const std::string key = bytes.take(kAes256KeyLength);
  EXPECT_FALSE(portable::aes256_ecb_decrypt("", key));
  EXPECT_FALSE(portable::aes256_ecb_decrypt(bytes.take(15), key));
  for (int round = 0; round < 2000; ++round) {
    const std::string noise = bytes.take(32);
    ASSERT_EQ(portable::aes256_ecb_decrypt(noise, key), aes256_ecb_decrypt(noise, key)) << round;
  }
}

}  // namespace
}  // namespace refedge::crypto
