#include "core/crypto/crypto.h"

#include <gtest/gtest.h>

#include "refedge/hex.h"

namespace refedge::crypto {
namespace {

std::string bytes(std::string_view hex) { return *hex_decode(hex); }

template <class Digest>
std::string hex(const Digest& digest) {
  return hex_encode(as_text(digest));
}

// The examples of FIPS 180-2 appendix B.
TEST(Crypto, sha256_of_the_standard) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hex(sha256(std::string(1000000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// RFC 4231 sections 4.2, 4.3, 4.4 and 4.7.
TEST(Crypto, hmac_sha256_of_rfc_4231) {
  EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac_sha256(std::string(20, '\xaa'), std::string(50, '\xdd'))),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  EXPECT_EQ(
      hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

// RFC 2202 section 3, cases 1, 2, 3 and 6.
TEST(Crypto, hmac_sha1_of_rfc_2202) {
  EXPECT_EQ(hex(hmac_sha1(std::string(20, '\x0b'), "Hi There")), "b617318655057264e28bc0b6fb378c8ef146be00");
  EXPECT_EQ(hex(hmac_sha1("Jefe", "what do ya want for nothing?")),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_EQ(hex(hmac_sha1(std::string(20, '\xaa'), std::string(50, '\xdd'))),
            "125d7342b9ac11cd91a39af48aa17b4f63f175d3");
  EXPECT_EQ(hex(hmac_sha1(std::string(80, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
            "aa4ae5e15272d00e95705637ce8a3b55ed402112");
}

// SP 800-38A appendix F.1.5 and F.1.6, ECB-AES256. The standard has no padding: the last block here is ours.
constexpr const char* kKey = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
constexpr const char* kPlain =
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
    "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
constexpr const char* kCipher =
    "f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870"
    "b6ed21b99ca6f4f9f153e7b1beafed1d23304b7a39f9f3ff067d8d8f9e24ecc7";

TEST(Crypto, aes256_ecb_of_sp_800_38a) {
  const std::string cipher = aes256_ecb_encrypt(bytes(kPlain), bytes(kKey));
  EXPECT_EQ(cipher.size(), 80U);
  EXPECT_EQ(hex_encode(cipher.substr(0, 64)), kCipher);
  EXPECT_EQ(hex_encode(*aes256_ecb_decrypt(cipher, bytes(kKey))), kPlain);
}

// FIPS 197 appendix C.3.
TEST(Crypto, aes256_of_fips_197) {
  const std::string key = bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  const std::string cipher = aes256_ecb_encrypt(bytes("00112233445566778899aabbccddeeff"), key);
  EXPECT_EQ(hex_encode(cipher.substr(0, 16)), "8ea2b7ca516745bfeafc49904b496089");
}

TEST(Crypto, every_length_comes_back) {
  const std::string key(32, 'k');
  for (std::size_t length = 0; length <= 200; ++length) {
    const std::string plain(length, 'p');
    const std::string cipher = aes256_ecb_encrypt(plain, key);
    EXPECT_EQ(cipher.size(), 16 * (length / 16 + 1));
    EXPECT_EQ(aes256_ecb_decrypt(cipher, key), plain);
  }
}

TEST(Crypto, a_damaged_length_is_refused) {
  const std::string key(32, 'k');
  const std::string cipher = aes256_ecb_encrypt("some text", key);
  EXPECT_EQ(aes256_ecb_decrypt("", key), std::nullopt);
  EXPECT_EQ(aes256_ecb_decrypt(cipher.substr(1), key), std::nullopt);
  EXPECT_EQ(aes256_ecb_decrypt(cipher + "x", key), std::nullopt);
}

// A whole plain block in front of a last block that the test fills; the padding of the encryption is cut off.
std::optional<std::string> decrypt_with_ending(const std::string& last_block) {
  const std::string key(32, 'k');
  const std::string cipher = aes256_ecb_encrypt(std::string(16, 'p') + last_block, key);
  return aes256_ecb_decrypt(std::string_view(cipher).substr(0, 32), key);
}

TEST(Crypto, every_padding_that_an_encryption_makes_is_taken_off) {
  for (std::size_t n = 1; n <= 16; ++n) {
    const std::string last = std::string(16 - n, 'x') + std::string(n, static_cast<char>(n));
    EXPECT_EQ(decrypt_with_ending(last), std::string(16, 'p') + std::string(16 - n, 'x'));
  }
}

TEST(Crypto, no_other_padding_is) {
  for (int last = 17; last < 256; ++last) {
    EXPECT_EQ(decrypt_with_ending(std::string(16, static_cast<char>(last))), std::nullopt);
  }
  EXPECT_EQ(decrypt_with_ending(std::string(16, '\0')), std::nullopt);
  for (std::size_t n = 2; n <= 16; ++n) {
    for (std::size_t wrong = 16 - n; wrong < 15; ++wrong) {
      std::string block = std::string(16 - n, 'x') + std::string(n, static_cast<char>(n));
      block[wrong] = static_cast<char>(block[wrong] ^ 1);
      EXPECT_EQ(decrypt_with_ending(block), std::nullopt);
    }
  }
}

}  // namespace
}  // namespace refedge::crypto
