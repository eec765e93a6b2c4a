#include "edge/links/market_id.h"

#include <gtest/gtest.h>

#include <string>

namespace refedge::edge {
namespace {

constexpr std::string_view kText = "00112233-4455-6677-8899-aabbccddeeff";

TEST(MarketId, reads_bytes_in_order) {
  const auto id = parse_market_id(kText);
  ASSERT_TRUE(id);
  for (std::size_t i = 0; i < id->size(); ++i) EXPECT_EQ((*id)[i], i * 0x11);
}

TEST(MarketId, writes_what_it_reads_in_lower_case) {
  const auto id = parse_market_id("00112233-4455-6677-8899-AABBCCDDEEFF");
  ASSERT_TRUE(id);
  const MarketIdText text = format_market_id(*id);
  EXPECT_EQ(std::string_view(text.data(), text.size()), kText);
}

TEST(MarketId, refuses_any_other_character_at_any_place) {
  for (std::size_t i = 0; i < kText.size(); ++i) {
    for (const char wrong : {'g', ' ', '\0', '/', ':', '@', '`', kText[i] == '-' ? 'a' : '-'}) {
      std::string text(kText);
      text[i] = wrong;
      const auto id = parse_market_id(text);
      ASSERT_FALSE(id) << text;
      EXPECT_EQ(id.error(), (Error{Errc::kInvalidField, "market_id"}));
    }
  }
}

TEST(MarketId, refuses_any_other_length) {
  for (std::size_t n = 0; n < kText.size(); ++n) EXPECT_FALSE(parse_market_id(kText.substr(0, n))) << n;
  EXPECT_FALSE(parse_market_id(std::string(kText) + "0"));
}

}  // namespace
}  // namespace refedge::edge
