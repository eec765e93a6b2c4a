#include "refedge/share_code.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "refedge/limits.h"

namespace refedge {
namespace {

TEST(ShareCode, the_example_of_the_header) { EXPECT_EQ(make_share_code({}), "000000000000"); }

TEST(ShareCode, every_byte_but_the_top_four_bits_counts) {
  std::set<std::string> codes;
  for (std::size_t bit = 0; bit < 64; ++bit) {
    std::array<std::uint8_t, 8> random{};
    random[bit / 8] = static_cast<std::uint8_t>(0x80 >> (bit % 8));
    codes.insert(make_share_code(random));
  }
  EXPECT_EQ(codes.size(), 61U);  // 60 bits, and zeros for the four that are not used
}

TEST(ShareCode, what_is_made_is_a_code_without_i_l_o_u) {
  for (int i = 0; i < 256; ++i) {
    std::array<std::uint8_t, 8> random{};
    for (std::size_t k = 0; k < random.size(); ++k)
      random[k] = static_cast<std::uint8_t>(i * 37 + static_cast<int>(k) * 101);
    const std::string code = make_share_code(random);
    EXPECT_EQ(code.size(), kShareCodeLength);
    EXPECT_TRUE(is_share_code(code));
    EXPECT_EQ(code.find_first_of("ilou"), std::string::npos);
  }
}

TEST(ShareCode, exactly_64_characters_are_allowed) {
  int allowed = 0;
  for (int c = 0; c < 256; ++c) allowed += is_share_code(std::string(1, static_cast<char>(c))) ? 1 : 0;
  EXPECT_EQ(allowed, 64);
}

TEST(ShareCode, the_length_has_limits) {
  EXPECT_FALSE(is_share_code(""));
  EXPECT_TRUE(is_share_code(std::string(kMaxShareCodeLength, 'a')));
  EXPECT_FALSE(is_share_code(std::string(kMaxShareCodeLength + 1, 'a')));
}

}  // namespace
}  // namespace refedge
