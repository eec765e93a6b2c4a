#include "refedge/hex.h"

#include <gtest/gtest.h>

namespace refedge {
namespace {

// RFC 4648 section 10.
TEST(Hex, the_vectors_of_rfc_4648) {
  const char* const pairs[][2] = {{"", ""},
                                  {"f", "66"},
                                  {"fo", "666f"},
                                  {"foo", "666f6f"},
                                  {"foob", "666f6f62"},
                                  {"fooba", "666f6f6261"},
                                  {"foobar", "666f6f626172"}};
  for (const auto& [text, hex] : pairs) {
    EXPECT_EQ(hex_encode(text), hex);
    EXPECT_EQ(*hex_decode(hex), text);
  }
}

TEST(Hex, every_byte_comes_back) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ(*hex_decode(hex_encode(bytes)), bytes);
}

TEST(Hex, digits_of_either_case_are_read) { EXPECT_EQ(*hex_decode("aBFf"), "\xab\xff"); }

TEST(Hex, anything_else_is_refused) {
  for (const std::string_view text : {"a", "abc", "0g", "g0", " 0", "0x", "/0", ":0", "@0", "`0"}) {
    ASSERT_FALSE(hex_decode(text)) << text;
    EXPECT_EQ(hex_decode(text).error().code, Errc::kInvalidHex);
  }
}

}  // namespace
}  // namespace refedge
