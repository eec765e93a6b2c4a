// The outbox, from a confirmation to a merchant's endpoint. Spec:
// docs/protocol.md#webhook-referral-confirmed.
#include <gtest/gtest.h>

#include <set>

#include "hook_receiver.h"
#include "test_origin.h"

namespace refedge::origin::test {
namespace {

using Json = nlohmann::json;

class WebhookTest : public testing::Test {
 protected:
  void SetUp() override { set_up(origin_, receiver_.url()); }

  void set_up(TestOrigin& origin, const std::string& url) {
    market_ = origin.add_market("demo", [&](NewMarket& market) { market.webhook_url = url; });
    origin.add_campaign(market_, "raf");
    code_ = origin.sign_up(market_, "raf", "maya@example.com");
  }

  void confirm(TestOrigin& origin, const std::string& order, const std::string& status = "confirmed") {
    const Json fields = {{"ref", code_},
                         {"customer_name", "Sam, Reed"},
                         {"order_value", "42.99"},
                         {"voucher_code", "VOUCHER42"},
                         {"reward_category", "Bonus50"},
                         {"marketing_opt_in", "true"}};
    ASSERT_EQ(origin.track(market_, order, "sam@example.org", fields).status, 201U);
    ASSERT_EQ(origin.confirm(market_, order, status).status, 200U);
  }

  bool receives(std::size_t count) {
    return wait_until([&] { return receiver_.hooks().size() >= count; });
  }

  static bool is_finished(TestOrigin& origin, std::int64_t count) {
    return wait_until([&] { return origin.count("outbox WHERE next_attempt_at IS NULL") == count; });
  }

  HookReceiver receiver_;
  TestOrigin origin_{{receiver_.port()}};
  TestMarket market_;
  std::string code_;
};

TEST_F(WebhookTest, DeliversTheManualsBody) {
  confirm(origin_, "P00337193");
  ASSERT_TRUE(receives(1));
  ASSERT_TRUE(is_finished(origin_, 1));
  const Hook hook = receiver_.hooks()[0];
  EXPECT_EQ(hook.target, "/hook?shop=1");
  EXPECT_EQ(hook.content_type, "application/json");
  EXPECT_EQ(hook.delivery.size(), 36U);
  EXPECT_EQ(
      hook.body,
      R"({"campaign":"raf","customer":{"email":"maya@example.com","client_data":{},"custom_fields":[]},)"
      R"("referral":{"friend":{"first_name":"Sam","last_name":"Reed","email":"sam@example.org",)"
      R"("marketing_opt_in":"true"},"order":{"total_cents":"4299","currency":"gbp",)"
      R"("voucher_code":"VOUCHER42","reward_category":"Bonus50","order_number":"P00337193"}},)"
      R"("total_referrals":"1"})");
}

TEST_F(WebhookTest, CountsConfirmedReferrals) {
  confirm(origin_, "O1");
  confirm(origin_, "O2", "manual-pass");
  confirm(origin_, "O3");
  ASSERT_TRUE(receives(2));
  ASSERT_TRUE(is_finished(origin_, 2));
  const auto hooks = receiver_.hooks();
  ASSERT_EQ(hooks.size(), 2U) << "manual-pass tells nobody";
  EXPECT_EQ(Json::parse(hooks[0].body)["total_referrals"], "1");
  EXPECT_EQ(Json::parse(hooks[1].body)["total_referrals"], "3");
  EXPECT_EQ(Json::parse(hooks[1].body)["referral"]["order"]["order_number"], "O3");
}

TEST_F(WebhookTest, TellsAConfirmationOnce) {
  confirm(origin_, "O1");
  ASSERT_EQ(origin_.confirm(market_, "O1", "confirmed").status, 200U);
  ASSERT_EQ(origin_.track(market_, "O1", "sam@example.org").status, 200U);
  ASSERT_TRUE(is_finished(origin_, 1));
  EXPECT_EQ(origin_.count("outbox"), 1);
  EXPECT_EQ(receiver_.hooks().size(), 1U);
}

TEST_F(WebhookTest, CarriesTheRewardCategoryOfTheConfirmation) {
  ASSERT_EQ(origin_.track(market_, "O1", "sam@example.org", {{"ref", code_}}).status, 201U);
  const Json order = {{"order_number", "O1"}, {"status", "confirmed"}, {"reward_category", "25OFF"}};
  ASSERT_EQ(origin_.post("/api/referrals/confirmations", {{"order", order}}, market_.auth()).status, 200U);
  ASSERT_TRUE(receives(1));
  EXPECT_EQ(Json::parse(receiver_.hooks()[0].body)["referral"]["order"]["reward_category"], "25OFF");
}

TEST_F(WebhookTest, TriesAgainAfterAFailureWithTheSameId) {
  receiver_.answer_next(500);
  receiver_.answer_next(503);
  confirm(origin_, "O1");
  ASSERT_TRUE(wait_until([&] { return origin_.value("SELECT attempts FROM outbox") == "1"; }));
  EXPECT_EQ(origin_.value("SELECT next_attempt_at FROM outbox"), std::to_string(kStart + 1));
  EXPECT_EQ(origin_.value("SELECT result FROM outbox"), "status 500");
  origin_.clock = kStart + 1;
  ASSERT_TRUE(wait_until([&] { return origin_.value("SELECT attempts FROM outbox") == "2"; }));
  EXPECT_EQ(origin_.value("SELECT next_attempt_at FROM outbox"), std::to_string(kStart + 3));
  origin_.clock = kStart + 3;
  ASSERT_TRUE(is_finished(origin_, 1));
  const auto hooks = receiver_.hooks();
  ASSERT_EQ(hooks.size(), 3U);
  EXPECT_EQ((std::set<std::string>{hooks[0].delivery, hooks[1].delivery, hooks[2].delivery}).size(), 1U);
  EXPECT_EQ(hooks[0].body, hooks[2].body);
  EXPECT_EQ(origin_.value("SELECT is_delivered FROM outbox"), "1");
}

TEST_F(WebhookTest, GivesUpAfterADay) {
  receiver_.answer_next(500);
  receiver_.answer_next(500);
  confirm(origin_, "O1");
  ASSERT_TRUE(wait_until([&] { return origin_.value("SELECT attempts FROM outbox") == "1"; }));
  origin_.clock = kStart + 24 * 3600;
  ASSERT_TRUE(is_finished(origin_, 1));
  EXPECT_EQ(origin_.value("SELECT is_delivered || ' ' || attempts || ' ' || result FROM outbox"),
            "0 2 status 500");
}

TEST_F(WebhookTest, SurvivesARestart) {
  receiver_.answer_next(500);
  confirm(origin_, "O1");
  ASSERT_TRUE(wait_until([&] { return origin_.value("SELECT attempts FROM outbox") == "1"; }));
  origin_.stop();
  origin_.clock = kStart + 60;
  origin_.start();
  ASSERT_TRUE(is_finished(origin_, 1));
  EXPECT_EQ(receiver_.hooks().size(), 2U);
  EXPECT_EQ(origin_.value("SELECT is_delivered FROM outbox"), "1");
}

TEST_F(WebhookTest, FollowsNoRedirect) {
  HookReceiver elsewhere;
  receiver_.answer_next(302, elsewhere.url());
  confirm(origin_, "O1");
  ASSERT_TRUE(wait_until([&] { return origin_.value("SELECT result FROM outbox") == "status 302"; }));
  EXPECT_TRUE(elsewhere.hooks().empty());
}

TEST_F(WebhookTest, RefusesLoopbackThatIsNotListed) {
  TestOrigin closed;
  for (const char* host :
       {"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "[::ffff:127.0.0.1]"}) {
    const std::string name = "m" + std::to_string(closed.count("markets"));
    const std::string url = "http://" + std::string(host) + ":" + std::to_string(receiver_.port()) + "/";
    market_ = closed.add_market(name, [&](NewMarket& market) { market.webhook_url = url; });
    closed.add_campaign(market_, "raf");
    code_ = closed.sign_up(market_, "raf", "maya@example.com");
    confirm(closed, "O1");
    const std::string of_market = "FROM outbox WHERE market_id = '" + market_.id + "'";
    ASSERT_TRUE(wait_until([&] { return closed.value("SELECT attempts " + of_market) == "1"; })) << host;
    EXPECT_EQ(closed.value("SELECT result " + of_market), "address refused") << host;
  }
  EXPECT_TRUE(receiver_.hooks().empty());
}

TEST_F(WebhookTest, DoesNotLetOneMarketsReceiverHoldUpAnothers) {
  const TestMarket dead =
      origin_.add_market("dead", [](NewMarket& market) { market.webhook_url = "http://127.0.0.1:1/"; });
  origin_.add_campaign(dead, "raf");
  const std::string code = origin_.sign_up(dead, "raf", "robin@example.com");
  for (const char* order : {"D1", "D2", "D3"}) {
    ASSERT_EQ(origin_.track(dead, order, "x@example.org", {{"ref", code}}).status, 201U);
    ASSERT_EQ(origin_.confirm(dead, order, "confirmed").status, 200U);
  }
  confirm(origin_, "O1");
  EXPECT_TRUE(receives(1));
}

}  // namespace
}  // namespace refedge::origin::test
