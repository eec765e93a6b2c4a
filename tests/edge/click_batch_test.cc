#include "edge/agent/click_batch.h"

#include <gtest/gtest.h>

#include <vector>

namespace refedge::edge {
namespace {

constexpr Click kClick{"0190f1c4-8a9b-7c3d-8e4f-0123456789ab", "k7", "00112233-4455-6677-8899-aabbccddeeff",
                       1718000000123, VisitVerdict::kHead};
constexpr std::string_view kJson =
    R"({"click_id":"0190f1c4-8a9b-7c3d-8e4f-0123456789ab","code":"k7",)"
    R"("market_id":"00112233-4455-6677-8899-aabbccddeeff","at_ms":1718000000123,"verdict":"head"})";

TEST(ClickBatch, writes_what_the_intake_takes) {
  const std::string one(kJson);
  EXPECT_EQ(write_click(kClick), one);
  EXPECT_EQ(write_click_batch({}), R"({"clicks":[]})");
  const std::vector<Click> two(2, kClick);
  EXPECT_EQ(write_click_batch(two), R"({"clicks":[)" + one + "," + one + "]}");
}

TEST(ClickBatch, takes_only_an_answer_that_accounts_for_every_click) {
  EXPECT_TRUE(acknowledges(R"({"accepted":2,"duplicates":1})", 3));
  EXPECT_TRUE(acknowledges(R"({"accepted":0,"duplicates":0})", 0));
  for (const char* body : {"", "{}", "[]", "<html>", R"({"accepted":3})", R"({"duplicates":3})",
                           R"({"accepted":2,"duplicates":0})", R"({"accepted":3,"duplicates":1})",
                           R"({"accepted":"2","duplicates":1})", R"({"accepted":4,"duplicates":-1})",
                           R"({"accepted":4,"duplicates":18446744073709551615})"})
    EXPECT_FALSE(acknowledges(body, 3)) << body;
}

}  // namespace
}  // namespace refedge::edge
