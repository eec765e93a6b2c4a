#include "edge/spool/crc32c.h"

#include <gtest/gtest.h>

#include <string>

namespace refedge::edge {
namespace {

// RFC 3720 appendix B.4.
TEST(Crc32c, gives_the_published_values) {
  std::string ascending;
  for (char c = 0; c < 32; ++c) ascending.push_back(c);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43u);
  EXPECT_EQ(crc32c(ascending), 0x46DD794Eu);
  EXPECT_EQ(crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(crc32c(""), 0u);
}

TEST(Crc32c, instruction_and_table_agree_at_every_length) {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(crc32c(text), crc32c_portable(text)) << i;
    text.push_back(static_cast<char>(i * 37));
  }
}

}  // namespace
}  // namespace refedge::edge
