#include "edge/spool/payload_fields.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace refedge::edge {
namespace {

TEST(Decimal, is_the_number_s_text_at_each_length) {
  std::uint64_t power = 1;
  for (int digits = 1; digits <= 20; ++digits, power *= 10) {
    for (const std::uint64_t number : {power - 1, power, power + 1}) {
      const Decimal decimal(number);
      EXPECT_EQ(decimal.text(), std::to_string(number));
      std::uint64_t read = 0;
      EXPECT_TRUE(read_decimal(decimal.text(), read));
      EXPECT_EQ(read, number);
    }
  }
  EXPECT_EQ(Decimal(UINT64_MAX).text(), std::to_string(UINT64_MAX));
}

TEST(Decimal, is_the_number_s_text_for_each_pair_of_digits) {
  for (std::uint64_t number = 0; number < 100'000; ++number) ASSERT_EQ(Decimal(number).text(), std::to_string(number));
}

}  // namespace
}  // namespace refedge::edge
