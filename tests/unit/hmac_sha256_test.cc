#include "core/crypto/hmac_sha256.h"

#include <gtest/gtest.h>

#include <string>

#include "refedge/hex.h"

namespace refedge::crypto {
namespace {

std::string mac(std::string_view key, std::string_view data) {
  return hex_encode(as_text(hmac_sha256(prepare_hmac_sha256(key), data)));
}

// RFC 4231 sections 4.2, 4.3 and 4.4.
TEST(HmacSha256, of_rfc_4231) {
  EXPECT_EQ(mac(std::string(20, '\x0b'), "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(mac("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(mac(std::string(20, '\xaa'), std::string(50, '\xdd')),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
}

// Every length up to four blocks, so that padding of one block, of two and none over are all there; every
// length of key.
TEST(HmacSha256, agrees_with_crypto_plus_plus_at_every_length) {
  std::string text;
  for (int i = 0; i <= 256; ++i) {
    const std::string key(static_cast<std::size_t>(i % 65), static_cast<char>('0' + i % 64));
    ASSERT_EQ(mac(key, text), hex_encode(as_text(hmac_sha256(key, text)))) << i;
    text.push_back(static_cast<char>(i * 37));
  }
}

TEST(HmacSha256, serves_many_texts_from_one_key) {
  const HmacSha256State state = prepare_hmac_sha256("key");
  const Sha256Digest first = hmac_sha256(state, "a");
  EXPECT_NE(hmac_sha256(state, "b"), first);
  EXPECT_EQ(hmac_sha256(state, "a"), first);
}

}  // namespace
}  // namespace refedge::crypto
