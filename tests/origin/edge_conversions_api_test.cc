// The intake of conversions that an edge kept, over a real socket. Spec: docs/protocol.md#conversion-intake.
#include <gtest/gtest.h>

#include "refedge/click_id.h"
#include "test_origin.h"

namespace refedge::origin::test {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kDay = 86400;

class EdgeConversionsTest : public testing::Test {
 protected:
  void SetUp() override {
    origin_.add_campaign(market_, "raf");
    code_ = origin_.sign_up(market_, "raf", "maya@example.com");
  }

  Answer send(const Json& list) {
    return origin_.post("/edge/conversions", {{"conversions", list}}, edge_auth());
  }

  Json order(const std::string& number, std::int64_t at, Json fields = Json::object()) {
    fields.update({{"market", "demo"}, {"customer_email", "sam@example.org"}, {"order_number", number}});
    return {{"conversion_id", make_click_id(static_cast<std::uint64_t>(at) * 1000, {++number_})},
            {"at_ms", at * 1000},
            {"content_type", "text/plain"},
            {"attribution", ""},
            {"body", fields.dump()}};
  }

  TestOrigin origin_;
  TestMarket market_ = origin_.add_market("demo");
  std::string code_;
  std::uint8_t number_ = 0;
};

TEST_F(EdgeConversionsTest, WantsTheEdgesToken) {
  EXPECT_EQ(origin_.post("/edge/conversions", {{"conversions", Json::array()}}).status, 401U);
  EXPECT_EQ(origin_.post("/edge/conversions", {{"conversions", Json::array()}}, market_.auth()).status, 401U);
}

TEST_F(EdgeConversionsTest, AnswersForEachAsTrackWould) {
  Json referred = order("O1", kStart, {{"ref", code_}});
  const Json list = {referred, order("O2", kStart), order("O3", kStart, {{"market", "demo"}, {"cat", "x"}})};
  const Answer answer = send(list);
  EXPECT_EQ(answer.status, 200U);
  const Json results = answer.json()["results"];
  ASSERT_EQ(results.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(results[i]["conversion_id"], list[i]["conversion_id"]);
  EXPECT_EQ(results[0]["status"], 201);
  EXPECT_EQ(results[0]["answer"].dump(),
            R"({"order_number":"O1","referral":{"campaign":"raf","status":"pending"}})");
  EXPECT_EQ(results[1]["status"], 200);
  EXPECT_EQ(results[1]["answer"]["reason"], "no_evidence");
  EXPECT_EQ(results[2]["status"], 422);
  EXPECT_EQ(results[2]["answer"]["errors"][0]["field"], "cat");
  EXPECT_EQ(origin_.count("conversions"), 2);
  EXPECT_EQ(origin_.count("referrals"), 1);
}

TEST_F(EdgeConversionsTest, ARepeatIsADuplicateAndChangesNothing) {
  const Json list = Json::array({order("O1", kStart, {{"ref", code_}})});
  EXPECT_EQ(send(list).json()["results"][0]["status"], 201);
  origin_.stop();
  origin_.start();
  const Json again = send(list).json()["results"][0];
  EXPECT_EQ(again["status"], 200);
  EXPECT_EQ(again["answer"]["duplicate"], true);
  EXPECT_EQ(origin_.count("conversions"), 1);
  EXPECT_EQ(origin_.count("referrals"), 1);
}

TEST_F(EdgeConversionsTest, WhatTrackKnowsIsADuplicateToo) {
  EXPECT_EQ(origin_.track(market_, "O1", "sam@example.org", {{"ref", code_}}).status, 201U);
  EXPECT_EQ(send(Json::array({order("O1", kStart)})).json()["results"][0]["answer"]["duplicate"], true);
  EXPECT_EQ(origin_.count("conversions"), 1);
}

TEST_F(EdgeConversionsTest, JudgesAnOrderAsOfItsArrival) {
  // A cookie of day 0 counts for 30 days; the order arrives at the edge on day 29, at the origin on day 40.
  const std::string cookie = origin_.edge_cookie(market_, code_, kStart);
  origin_.clock = kStart + 40 * kDay;
  Json early = order("EARLY", kStart + 29 * kDay);
  Json late = order("LATE", kStart + 31 * kDay);
  early["attribution"] = late["attribution"] = cookie;
  const Json results = send({early, late}).json()["results"];
  EXPECT_EQ(results[0]["status"], 201);
  EXPECT_EQ(results[1]["status"], 200);
  const std::string of_early = " WHERE order_number = 'EARLY'";
  EXPECT_EQ(origin_.value("SELECT created_at FROM conversions" + of_early),
            std::to_string(kStart + 29 * kDay));
  EXPECT_EQ(origin_.value("SELECT decided_at FROM decisions" + of_early), std::to_string(kStart + 29 * kDay));
}

TEST_F(EdgeConversionsTest, AnOrderFromTheFutureArrivesNow) {
  EXPECT_EQ(send(Json::array({order("O1", kStart + kDay)})).json()["results"][0]["status"], 200);
  EXPECT_EQ(origin_.value("SELECT created_at FROM conversions"), std::to_string(kStart));
}

TEST_F(EdgeConversionsTest, AWebhookIsDueFromTheDeliveryOn) {
  const TestMarket hooked =
      origin_.add_market("hooked", [](NewMarket& market) { market.webhook_url = "http://127.0.0.1:9/hook"; });
  origin_.add_campaign(hooked, "raf", [](NewCampaign& campaign) { campaign.has_reconciliation = false; });
  const std::string code = origin_.sign_up(hooked, "raf", "kim@example.com");
  origin_.clock = kStart + 10 * kDay;
  Json late = order("O1", kStart);
  late["body"] = Json({{"market", "hooked"},
                       {"customer_email", "sam@example.org"},
                       {"order_number", "O1"},
                       {"ref", code}})
                     .dump();
  EXPECT_EQ(send(Json::array({late})).json()["results"][0]["status"], 201);
  EXPECT_EQ(origin_.value("SELECT created_at FROM outbox"), std::to_string(kStart + 10 * kDay));
}

TEST_F(EdgeConversionsTest, RefusesABatchWholeAndNamesThePlace) {
  const auto error_with = [&](const char* key, const Json& value) {
    Json bad = order("O2", kStart);
    bad[key] = value;
    const Answer answer = send({order("O1", kStart), bad});
    EXPECT_EQ(answer.status, 422U);
    return answer.error();
  };
  EXPECT_EQ(error_with("conversion_id", "x"), "conversions[1].conversion_id:invalid_field");
  EXPECT_EQ(error_with("at_ms", "now"), "conversions[1].at_ms:invalid_field");
  EXPECT_EQ(error_with("at_ms", -1), "conversions[1].at_ms:invalid_field");
  EXPECT_EQ(error_with("at_ms", 1ULL << 48), "conversions[1].at_ms:invalid_field");
  EXPECT_EQ(error_with("content_type", nullptr), "conversions[1].content_type:invalid_field");
  EXPECT_EQ(error_with("attribution", 5), "conversions[1].attribution:invalid_field");
  EXPECT_EQ(error_with("body", Json::object()), "conversions[1].body:invalid_field");
  EXPECT_EQ(send({order("O1", kStart), 5}).error(), "conversions[1]:invalid_field");
  EXPECT_EQ(send("x").error(), "conversions:invalid_field");
  EXPECT_EQ(origin_.post("/edge/conversions", Json::object(), edge_auth()).error(),
            "conversions:missing_field");
  EXPECT_EQ(origin_.count("conversions"), 0);
}

TEST_F(EdgeConversionsTest, LimitsABatchAtItsEdge) {
  Json list = Json::array();
  for (int i = 0; i < 100; ++i) list.push_back(order("O" + std::to_string(i), kStart));
  EXPECT_EQ(send(list).json()["results"].size(), 100U);
  list.push_back(order("O100", kStart));
  EXPECT_EQ(send(list).error(), "conversions:too_many");
  EXPECT_EQ(origin_.count("conversions"), 100);
}

TEST_F(EdgeConversionsTest, WhatIsNoOrderIsRefusedByItself) {
  Json bad = order("O1", kStart);
  bad["body"] = "no JSON";
  const Json results = send({bad, order("O2", kStart)}).json()["results"];
  EXPECT_EQ(results[0]["status"], 422);
  EXPECT_EQ(results[0]["answer"]["errors"][0]["reason"], "invalid_json");
  EXPECT_EQ(results[1]["status"], 200);
}

}  // namespace
}  // namespace refedge::origin::test
