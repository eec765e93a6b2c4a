#include "refedge/body_signature.h"

#include <gtest/gtest.h>

#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr std::string_view kBody = R"({"id":121393,"status":"paid"})";
constexpr std::string_view kSecretKey = "fb-secret-7f3a";

TEST(BodySignature, what_is_built_verifies) {
  const std::string long_body(kMaxSignedBodyLength, '\xFF');
  for (const std::string_view body : {std::string_view(), kBody, std::string_view(long_body)}) {
    const auto signature = build_body_signature(body, kSecretKey);
    ASSERT_TRUE(signature);
    EXPECT_TRUE(verify_body_signature(body, *signature, kSecretKey));
  }
}

// One body has one signature: another spelling of the same bytes does not pass.
TEST(BodySignature, no_changed_character_verifies) {
  const std::string signature = *build_body_signature(kBody, kSecretKey);
  for (std::size_t i = 0; i < signature.size(); ++i) {
    for (const char c : {'A', 'b', '-', ' ', '='}) {
      std::string other = signature;
      if (other[i] == c) continue;
      other[i] = c;
      EXPECT_FALSE(verify_body_signature(kBody, other, kSecretKey)) << i << c;
    }
  }
}

TEST(BodySignature, no_changed_bit_of_the_body_verifies) {
  const std::string signature = *build_body_signature(kBody, kSecretKey);
  for (std::size_t i = 0; i < kBody.size(); ++i) {
    std::string other(kBody);
    other[i] = static_cast<char>(other[i] ^ 1);
    EXPECT_EQ(verify_body_signature(other, signature, kSecretKey).error(),
              (Error{Errc::kSignatureMismatch, "signature"}));
  }
}

}  // namespace
}  // namespace refedge
