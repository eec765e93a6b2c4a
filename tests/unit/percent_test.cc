#include "refedge/percent.h"

#include <gtest/gtest.h>

namespace refedge {
namespace {

TEST(Percent, leaves_the_unreserved_characters_of_rfc_3986) {
  const std::string unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  EXPECT_EQ(percent_encode(unreserved), unreserved);
}

TEST(Percent, encodes_everything_else_in_upper_case) {
  EXPECT_EQ(percent_encode("a+b"), "a%2Bb");
  EXPECT_EQ(percent_encode("\xc3\xa9 /?#[]@!$&'()*,;=:\n"),
            "%C3%A9%20%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2C%3B%3D%3A%0A");
}

TEST(Percent, every_byte_comes_back) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ(*percent_decode(percent_encode(bytes)), bytes);
  EXPECT_EQ(*percent_decode(percent_encode(bytes), PlusMeans::kSpace), bytes);
}

TEST(Percent, plus_means_what_the_caller_says) {
  EXPECT_EQ(*percent_decode("a+b%2B%20"), "a+b+ ");
  EXPECT_EQ(*percent_decode("a+b%2B%20", PlusMeans::kSpace), "a b+ ");
}

TEST(Percent, decodes_once) { EXPECT_EQ(*percent_decode("%2541"), "%41"); }

TEST(Percent, refuses_what_is_cut_or_no_hex) {
  for (const std::string_view text : {"%", "%4", "a%", "%%41", "%4g", "%g4", "% 4", "%-1"}) {
    ASSERT_FALSE(percent_decode(text)) << text;
    EXPECT_EQ(percent_decode(text).error().code, Errc::kInvalidPercentEncoding);
  }
}

}  // namespace
}  // namespace refedge
