#include "refedge/secret.h"

#include <gtest/gtest.h>

namespace refedge {
namespace {

TEST(Secret, wipe_leaves_zeros_and_an_empty_text) {
  for (const std::size_t length : {std::size_t{1}, std::size_t{15}, std::size_t{16}, std::size_t{5000}}) {
    std::string secret(length, 's');
    const char* const bytes = secret.data();
    wipe(secret);
    EXPECT_TRUE(secret.empty());
    ASSERT_EQ(secret.data(), bytes);  // the same block, still owned
    secret.resize(secret.capacity());
    EXPECT_EQ(secret.find_first_not_of('\0'), std::string::npos);
  }
}

TEST(Secret, wipe_reaches_what_a_longer_text_left_behind) {
  std::string secret = "a long secret that does not fit into the object itself";
  secret.resize(3);
  const char* const bytes = secret.data();
  wipe(secret);
  EXPECT_EQ(std::string(bytes, 40), std::string(40, '\0'));
}

TEST(Secret, wiping_nothing_is_fine) {
  std::string empty;
  wipe(empty);
  EXPECT_TRUE(empty.empty());
}

TEST(Secret, equal_texts_are_equal) {
  EXPECT_TRUE(constant_time_equal("", ""));
  EXPECT_TRUE(constant_time_equal("abc", "abc"));
  EXPECT_TRUE(constant_time_equal(std::string_view("a\0b", 3), std::string_view("a\0b", 3)));
}

TEST(Secret, any_difference_is_seen) {
  const std::string text(33, 'x');
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string other = text;
      other[i] = static_cast<char>(other[i] ^ (1 << bit));
      EXPECT_FALSE(constant_time_equal(other, text));
    }
  }
}

TEST(Secret, other_lengths_are_never_equal) {
  EXPECT_FALSE(constant_time_equal("abc", "abcd"));
  EXPECT_FALSE(constant_time_equal("abcd", "abc"));
  EXPECT_FALSE(constant_time_equal("", "a"));
  EXPECT_FALSE(constant_time_equal("a", ""));
}

}  // namespace
}  // namespace refedge
