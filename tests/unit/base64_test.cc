#include "refedge/base64.h"

#include <gtest/gtest.h>

namespace refedge {
namespace {

std::string all_bytes() {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  return bytes;
}

// RFC 4648 section 10.
constexpr const char* kVectors[][2] = {{"", ""},
                                       {"f", "Zg=="},
                                       {"fo", "Zm8="},
                                       {"foo", "Zm9v"},
                                       {"foob", "Zm9vYg=="},
                                       {"fooba", "Zm9vYmE="},
                                       {"foobar", "Zm9vYmFy"}};

TEST(Base64, the_vectors_of_rfc_4648) {
  for (const auto& [text, base64] : kVectors) {
    EXPECT_EQ(base64_encode(text), base64);
    EXPECT_EQ(*base64_decode(base64), text);
  }
}

TEST(Base64, the_url_safe_form_has_no_padding) {
  EXPECT_EQ(base64url_encode("\xfb\xff"), "-_8");
  EXPECT_EQ(base64_encode("\xfb\xff"), "+/8=");
  EXPECT_EQ(base64url_encode("f"), "Zg");
  EXPECT_EQ(base64url_encode("foo"), "Zm9v");
  EXPECT_EQ(base64url_encode(""), "");
}

TEST(Base64, every_length_and_byte_comes_back_in_every_form) {
  const std::string bytes = all_bytes();
  for (std::size_t length = 0; length <= bytes.size(); ++length) {
    const std::string part = bytes.substr(bytes.size() - length);
    EXPECT_EQ(base64_encode(part).size(), (length + 2) / 3 * 4);
    EXPECT_EQ(*base64_decode(base64_encode(part)), part);
    EXPECT_EQ(*base64_decode(base64url_encode(part)), part);
  }
}

TEST(Base64, decodes_what_senders_send) {
  EXPECT_EQ(*base64_decode("Zm9v\r\nYmFy\n"), "foobar");
  EXPECT_EQ(*base64_decode(" Zm 9v\tYg = =\n"), "foob");
  EXPECT_EQ(*base64_decode("+_8"), *base64_decode("-/8="));
  EXPECT_EQ(*base64_decode(" \n"), "");
}

TEST(Base64, refuses_what_no_encoder_writes) {
  const std::string_view texts[] = {
      "Z",      "Zm9vY", "Zg=",  "Zg===", "Zm8==",  "Zm9v=", "Zm9v====", "=",      "==",    "====",
      "Zg==Zg", "Zg=Z=", "Zh==", "Zm9=",  "Zm9vYh", "Zm9v!", "Zm9v.",    "Zm9v\v", "Zm9v*", "Zm9\xc3\xa9"};
  for (const std::string_view text : texts) {
    const auto decoded = base64_decode(text);
    ASSERT_FALSE(decoded) << text;
    EXPECT_EQ(decoded.error().code, Errc::kInvalidBase64);
  }
  EXPECT_FALSE(base64_decode(std::string_view("Zg\0=", 4)));
}

}  // namespace
}  // namespace refedge
