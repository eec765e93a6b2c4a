// POST /api/referrals/confirmations and the report, over a real socket.
// Spec: docs/protocol.md#confirmations and #reports.
#include <gtest/gtest.h>

#include <array>

#include "refedge/metadata.h"
#include "refedge/query.h"
#include "test_origin.h"

namespace refedge::origin::test {
namespace {

using Json = nlohmann::json;

constexpr const char* kHeader =
    "ReferrerEmail,ReferrerFirstName,ReferrerLastName,FriendEmail,FriendFirstName,FriendLastName,OrderNumber,"
    "OrderValue,Currency,VoucherCode,RewardCategory,Status,ReferredAt\r\n";

class ConfirmationsTest : public testing::Test {
 protected:
  void SetUp() override {
    origin_.add_campaign(market_, "raf");
    code_ = origin_.sign_up(market_, "raf", "maya@example.com");
  }

  void order(const std::string& number, const Json& more = Json::object()) {
    Json fields = {{"ref", code_}, {"customer_name", "Sam, Reed"}, {"order_value", "29.00"}};
    fields.update(more);
    ASSERT_EQ(origin_.track(market_, number, "sam@example.org", fields).status, 201U);
  }

  Answer report(const std::string& query = "") {
    return origin_.get("/api/reports/who_referred_whom/raf" + query, market_.auth());
  }

  TestOrigin origin_;
  TestMarket market_ = origin_.add_market("demo");
  std::string code_;
};

struct Move {
  const char* before;
  const char* asked;
  unsigned status;
  const char* after;
};

TEST_F(ConfirmationsTest, MovesAsTheProtocolSays) {
  const std::array<Move, 13> moves = {{
      {"", "confirmed", 200, "confirmed"},
      {"", "failed", 200, "failed"},
      {"", "manual-pass", 200, "confirmed"},
      {"", "restore", 200, "pending"},
      {"confirmed", "confirmed", 200, "confirmed"},
      {"confirmed", "manual-pass", 200, "confirmed"},
      {"confirmed", "failed", 422, ""},
      {"confirmed", "restore", 422, ""},
      {"manual-pass", "failed", 422, ""},
      {"failed", "failed", 200, "failed"},
      {"failed", "restore", 200, "pending"},
      {"failed", "confirmed", 422, ""},
      {"failed", "manual-pass", 422, ""},
  }};
  int number = 0;
  for (const Move& move : moves) {
    const std::string name = "O" + std::to_string(++number);
    order(name);
    if (*move.before != '\0') {
      ASSERT_EQ(origin_.confirm(market_, name, move.before).status, 200U);
    }
    const Answer answer = origin_.confirm(market_, name, move.asked);
    EXPECT_EQ(answer.status, move.status) << move.before << " " << move.asked;
    if (move.status == 200) {
      EXPECT_EQ(answer.json(), Json({{"order_number", name}, {"status", move.after}}));
    } else {
      EXPECT_EQ(answer.error(), "status:invalid_field");
    }
  }
}

TEST_F(ConfirmationsTest, RefusesWhatItDoesNotKnow) {
  order("O1");
  ASSERT_EQ(origin_.track(market_, "PLAIN", "x@example.org").status, 200U);
  EXPECT_EQ(origin_.confirm(market_, "NOPE", "confirmed").status, 404U);
  EXPECT_EQ(origin_.confirm(market_, "NOPE", "confirmed").error(), "order_number:not_found");
  EXPECT_EQ(origin_.confirm(market_, "PLAIN", "confirmed").status, 404U);
  EXPECT_EQ(origin_.confirm(market_, "O1", "done").error(), "status:invalid_field");
  const auto error_of = [&](const Json& body) {
    return origin_.post("/api/referrals/confirmations", body, market_.auth()).error();
  };
  EXPECT_EQ(error_of({{"order", {{"status", "confirmed"}}}}), "order_number:missing_field");
  EXPECT_EQ(error_of({{"order", {{"order_number", "O1"}}}}), "status:missing_field");
  EXPECT_EQ(error_of(Json::object()), "order:missing_field");
  const Json long_reward = {
      {"order_number", "O1"}, {"status", "confirmed"}, {"reward_category", std::string(65, 'x')}};
  EXPECT_EQ(error_of({{"order", long_reward}}), "reward_category:too_long");
  EXPECT_EQ(origin_.count("referrals WHERE status = 1"), 1);
}

TEST_F(ConfirmationsTest, BelongsToTheMarketAlone) {
  const TestMarket other = origin_.add_market("other");
  origin_.add_campaign(other, "raf");
  order("O1");
  EXPECT_EQ(origin_.confirm(other, "O1", "confirmed").status, 404U);
  EXPECT_EQ(origin_.get("/api/reports/who_referred_whom/raf", other.auth()).body, kHeader);
  const Headers mixed = {{"auth_id", market_.id}, {"auth_token", other.token}};
  EXPECT_EQ(origin_.get("/api/reports/who_referred_whom/raf", mixed).status, 401U);
  EXPECT_EQ(origin_.count("referrals WHERE status = 1"), 1);
}

TEST_F(ConfirmationsTest, PublishesTheLinkAgainWithTheNewCount) {
  order("O1");
  const std::int64_t cursor = origin_.get("/edge/links", edge_auth()).json()["cursor"];
  ASSERT_EQ(origin_.confirm(market_, "O1", "confirmed").status, 200U);
  const Json feed = origin_.get("/edge/links?after=" + std::to_string(cursor), edge_auth()).json();
  ASSERT_EQ(feed["links"].size(), 1U);
  const std::string location = feed["links"][0]["location"];
  const auto bp_e = find_query_param(location.substr(location.find('?')), "bp_e");
  ASSERT_TRUE(bp_e);
  EXPECT_EQ(Json::parse(*decrypt_metadata(*bp_e, market_.token))["referral_count"], 1);
}

TEST_F(ConfirmationsTest, ReportsWhoReferredWhom) {
  order("O1", {{"voucher_code", "TEA10"}, {"reward_category", "25OFF"}});
  order("O,2", {{"customer_name", "=cmd()"}, {"order_value", ""}});
  ASSERT_EQ(origin_.confirm(market_, "O1", "confirmed").status, 200U);
  const Answer answer = report();
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.header("Content-Type"), "text/csv; charset=utf-8");
  const std::string at = std::to_string(kStart);
  EXPECT_EQ(
      answer.body,
      kHeader + ("maya@example.com,Maya,Hart,sam@example.org,'=cmd(),,\"O,2\",,GBP,,,pending," + at + "\r\n" +
                 "maya@example.com,Maya,Hart,sam@example.org,Sam,Reed,O1,29.00,GBP,TEA10,25OFF,confirmed," +
                 at + "\r\n"));
}

TEST_F(ConfirmationsTest, ReportsARange) {
  order("O1");
  const auto rows = [&](const std::string& query) {
    return report(query).body.size() > std::string(kHeader).size();
  };
  const std::string at = std::to_string(kStart);
  EXPECT_TRUE(rows("?starts_at=" + at + "&ends_at=" + at));
  EXPECT_FALSE(rows("?ends_at=" + std::to_string(kStart - 1)));
  EXPECT_FALSE(rows("?starts_at=" + std::to_string(kStart + 1) + "&ends_at=" + std::to_string(kStart + 2)));
  origin_.clock = kStart + 7 * 86400;
  EXPECT_TRUE(rows(""));
  origin_.clock = kStart + 7 * 86400 + 1;
  EXPECT_FALSE(rows(""));
}

TEST_F(ConfirmationsTest, RefusesARangeThatIsNone) {
  EXPECT_EQ(report("?starts_at=x").error(), "starts_at:invalid_field");
  EXPECT_EQ(report("?ends_at=-1").error(), "ends_at:invalid_field");
  EXPECT_EQ(report("?starts_at=1&ends_at=7776001").status, 200U);
  EXPECT_EQ(report("?starts_at=1&ends_at=7776002").error(), "starts_at:too_long");
  EXPECT_EQ(report("?starts_at=99999999999999999999").error(), "starts_at:invalid_field");
  EXPECT_EQ(origin_.get("/api/reports/who_referred_whom/nope", market_.auth()).error(), "campaign:not_found");
}

}  // namespace
}  // namespace refedge::origin::test
