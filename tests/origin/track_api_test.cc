// POST /track over a real socket. Spec: docs/protocol.md#track and #attribution.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>

#include "refedge/signature.h"
#include "test_origin.h"

namespace refedge::origin::test {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kDay = 86400;

class TrackTest : public testing::Test {
 protected:
  void SetUp() override { origin_.add_campaign(market_, "raf"); }

  std::string referrer(const std::string& email = "maya@example.com") {
    return origin_.sign_up(market_, "raf", email);
  }

  Headers by_edge(const std::string& code, std::int64_t seen_at = kStart) {
    return {{"Refedge-Attribution", origin_.edge_cookie(market_, code, seen_at)}};
  }

  // What is stored of who referred an order.
  std::string referrer_of(const std::string& order) {
    return origin_.value(
        "SELECT r.email FROM referrals f JOIN referrers r USING (market_id, referrer_id)"
        " WHERE order_number = '" +
        order + "'");
  }

  TestOrigin origin_;
  TestMarket market_ = origin_.add_market("demo");
};

TEST_F(TrackTest, CreatesAPendingReferral) {
  const std::string code = referrer();
  const Answer answer =
      origin_.track(market_, "O1", "sam@example.org",
                    {{"customer_name", "Sam, Reed"}, {"order_value", "12.5"}}, by_edge(code));
  EXPECT_EQ(answer.status, 201U);
  EXPECT_EQ(answer.body, R"({"order_number":"O1","referral":{"status":"pending","campaign":"raf"}})");
  EXPECT_EQ(referrer_of("O1"), "maya@example.com");
  EXPECT_EQ(origin_.value("SELECT first_name || '|' || last_name || '|' || value_minor FROM conversions"),
            "Sam|Reed|1250");
}

TEST_F(TrackTest, StoresAConversionWithoutEvidence) {
  const Answer answer = origin_.track(market_, "O1", "sam@example.org");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.body, R"({"order_number":"O1","referral":null,"reason":"no_evidence"})");
  EXPECT_EQ(origin_.count("conversions"), 1);
  EXPECT_EQ(origin_.count("referrals"), 0);
  EXPECT_EQ(origin_.count("decisions"), 1);
}

TEST_F(TrackTest, TakesEveryKindOfEvidence) {
  const std::string code = referrer();
  const std::string cookie = "1." + code + ".." + std::to_string(kStart - 60);
  EXPECT_EQ(origin_.track(market_, "O1", "a@example.org", {{"ref", code}}).status, 201U);
  EXPECT_EQ(origin_.track(market_, "O2", "a@example.org", {{"browser_cookie", cookie}}).status, 201U);
  EXPECT_EQ(origin_.track(market_, "O3", "a@example.org", {{"voucher_code", code}}).status, 201U);
  std::string capitals = code;
  for (char& c : capitals) c = static_cast<char>(std::toupper(c));
  EXPECT_EQ(origin_.track(market_, "O4", "a@example.org", {{"voucher_codes", {"SALE", capitals}}}).status,
            201U);
  EXPECT_EQ(origin_.track(market_, "O5", "a@example.org", {}, by_edge(code)).status, 201U);
}

TEST_F(TrackTest, LetsTheStrongestEvidenceWinAndStoresWhy) {
  const std::string maya = referrer("maya@example.com");
  const std::string robin = referrer("robin@example.com");
  ASSERT_EQ(origin_.track(market_, "O1", "sam@example.org", {{"ref", maya}}, by_edge(robin)).status, 201U);
  EXPECT_EQ(referrer_of("O1"), "robin@example.com");
  const Json decision = Json::parse(origin_.value("SELECT decision FROM decisions"));
  EXPECT_EQ(decision["campaign"], "raf");
  EXPECT_EQ(decision["winner"], 0);
  ASSERT_EQ(decision["evidence"].size(), 2U);
  EXPECT_EQ(decision["evidence"][0]["kind"], "edge_cookie");
  EXPECT_EQ(decision["evidence"][0]["verdict"], "won");
  EXPECT_EQ(decision["evidence"][0]["code"], robin);
  EXPECT_EQ(decision["evidence"][0]["seen_at"], kStart);
  EXPECT_EQ(decision["evidence"][1]["kind"], "payload_ref");
  EXPECT_EQ(decision["evidence"][1]["verdict"], "weaker_kind");
  EXPECT_EQ(decision["rule"], Json({{"click", "last_click"}, {"window_seconds", 30 * kDay}}));
  EXPECT_EQ(origin_.value("SELECT rule_version FROM decisions"), "1");
  EXPECT_EQ(origin_.count("decisions WHERE decision LIKE '%@%'"), 0) << "no address in an explanation";
}

TEST_F(TrackTest, HoldsTheCampaignsWindowAtItsEdge) {
  const std::string code = referrer();
  EXPECT_EQ(origin_.track(market_, "O1", "a@example.org", {}, by_edge(code, kStart - 30 * kDay)).status,
            201U);
  const Answer late =
      origin_.track(market_, "O2", "a@example.org", {}, by_edge(code, kStart - 30 * kDay - 1));
  EXPECT_EQ(late.status, 200U);
  EXPECT_EQ(late.json()["reason"], "outside_window");
}

TEST_F(TrackTest, RefusesSelfReferral) {
  const std::string code = referrer("maya@example.com");
  const Answer answer = origin_.track(market_, "O1", "Maya@Example.com", {}, by_edge(code));
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.json()["reason"], "self_referral");
  EXPECT_EQ(origin_.count("referrals"), 0);
}

TEST_F(TrackTest, TakesAForgedAttributionForNothing) {
  const std::string code = referrer();
  const std::string good = origin_.edge_cookie(market_, code, kStart);
  std::string changed = good;
  changed.back() = changed.back() == 'A' ? 'Q' : 'A';
  const std::string unsigned_form = "1." + code + ".." + std::to_string(kStart);
  int order = 0;
  for (const std::string& forged : {changed, unsigned_form, std::string("junk"), std::string(3000, 'x')}) {
    const Answer answer = origin_.track(market_, "F" + std::to_string(++order), "sam@example.org", {},
                                        {{"Refedge-Attribution", forged}});
    EXPECT_EQ(answer.status, 200U) << forged;
    EXPECT_EQ(answer.json()["reason"], "unknown_referrer") << forged;
  }
  EXPECT_EQ(origin_.count("referrals"), 0);
  EXPECT_EQ(origin_.count("decisions WHERE decision LIKE '%\"problem\":\"signature_mismatch\"%'"), 1);
}

TEST_F(TrackTest, DoesNotLetBrokenEvidenceStandInTheWay) {
  const std::string code = referrer();
  const Json fields = {{"ref", code}, {"browser_cookie", "1.!!"}};
  EXPECT_EQ(origin_.track(market_, "O1", "sam@example.org", fields, {{"Refedge-Attribution", "x"}}).status,
            201U);
}

TEST_F(TrackTest, AnswersARepeatAsTheFirstTime) {
  const std::string code = referrer();
  const Answer first = origin_.track(market_, "O1", "sam@example.org", {}, by_edge(code));
  ASSERT_EQ(origin_.confirm(market_, "O1", "confirmed").status, 200U);
  const Answer again = origin_.track(market_, "O1", "other@example.org", {{"order_value", "99.00"}});
  EXPECT_EQ(again.status, 200U);
  Json expected = first.json();
  expected["duplicate"] = true;
  EXPECT_EQ(again.json(), expected);
  EXPECT_EQ(origin_.count("conversions"), 1);
  EXPECT_EQ(origin_.value("SELECT email FROM conversions"), "sam@example.org");
}

TEST_F(TrackTest, MakesOneConversionOfConcurrentOrders) {
  const std::string code = referrer();
  constexpr int kOrders = 20;
  std::atomic<int> created{0};
  std::atomic<int> duplicates{0};
  const auto order_all = [&] {
    for (int i = 0; i < kOrders; ++i) {
      const Answer answer =
          origin_.track(market_, "O" + std::to_string(i), "sam@example.org", {{"ref", code}});
      if (answer.status == 201) ++created;
      if (answer.status == 200 && answer.json().value("duplicate", false)) ++duplicates;
    }
  };
  std::thread one(order_all);
  std::thread two(order_all);
  one.join();
  two.join();
  EXPECT_EQ(created, kOrders);
  EXPECT_EQ(duplicates, kOrders);
  EXPECT_EQ(origin_.count("referrals"), kOrders);
}

TEST_F(TrackTest, FollowsTheNamedCampaign) {
  origin_.add_campaign(market_, "spring", [](NewCampaign& campaign) { campaign.window_days = 1; });
  const std::string raf = referrer("maya@example.com");
  const std::string spring = origin_.sign_up(market_, "spring", "robin@example.com");
  ASSERT_EQ(
      origin_.track(market_, "O1", "a@example.org", {{"campaign", "spring"}, {"ref", spring}}, by_edge(raf))
          .status,
      201U);
  EXPECT_EQ(referrer_of("O1"), "robin@example.com");
  EXPECT_EQ(origin_.track(market_, "O2", "a@example.org", {{"campaign", "nope"}}).error(),
            "campaign:not_found");
  EXPECT_EQ(origin_.count("conversions"), 1);
}

TEST_F(TrackTest, TakesTheNextCampaignWhenTheStrongestHasNoWinner) {
  origin_.add_campaign(market_, "spring", [](NewCampaign& campaign) { campaign.window_days = 1; });
  const std::string raf = referrer("maya@example.com");
  const std::string spring = origin_.sign_up(market_, "spring", "robin@example.com");
  const Answer answer =
      origin_.track(market_, "O1", "a@example.org", {{"ref", raf}}, by_edge(spring, kStart - 2 * kDay));
  EXPECT_EQ(answer.status, 201U);
  EXPECT_EQ(answer.json()["referral"]["campaign"], "raf");
}

TEST_F(TrackTest, ConfirmsAtOnceWithoutReconciliation) {
  origin_.add_campaign(market_, "quick", [](NewCampaign& campaign) { campaign.has_reconciliation = false; });
  const std::string code = origin_.sign_up(market_, "quick", "robin@example.com");
  const Answer answer = origin_.track(market_, "O1", "a@example.org", {{"ref", code}});
  EXPECT_EQ(answer.json()["referral"]["status"], "confirmed");
  EXPECT_EQ(origin_.count("referrals WHERE status = 2"), 1);
}

TEST_F(TrackTest, KeepsMarketsApart) {
  const TestMarket other = origin_.add_market("other");
  origin_.add_campaign(other, "raf");
  const std::string code = referrer();
  const Answer stolen = origin_.track(other, "O1", "a@example.org", {{"ref", code}}, by_edge(code));
  EXPECT_EQ(stolen.status, 200U);
  EXPECT_EQ(stolen.json()["reason"], "unknown_referrer");
  EXPECT_EQ(origin_.track(market_, "O1", "a@example.org", {{"ref", code}}).status, 201U)
      << "an order number is unique in its market alone";
  EXPECT_EQ(origin_.count("conversions"), 2);
}

TEST_F(TrackTest, NamesTheFieldAtFaultAndStoresNothing) {
  const auto error_of = [&](const Json& body) {
    const Answer answer = origin_.post("/track", body);
    EXPECT_EQ(answer.status, 422U) << answer.body;
    return answer.error();
  };
  const Json good = {{"market", "demo"}, {"customer_email", "a@example.org"}, {"order_number", "O1"}};
  const auto with = [&](const char* key, const Json& value) {
    Json body = good;
    body[key] = value;
    return body;
  };
  EXPECT_EQ(error_of(with("market", "nope")), "market:not_found");
  EXPECT_EQ(error_of({{"customer_email", "a@example.org"}, {"order_number", "O1"}}), "market:missing_field");
  EXPECT_EQ(error_of({{"market", "demo"}, {"order_number", "O1"}}), "customer_email:missing_field");
  EXPECT_EQ(error_of({{"market", "demo"}, {"customer_email", "a@example.org"}}),
            "order_number:missing_field");
  EXPECT_EQ(error_of(with("customer_email", "nobody")), "customer_email:invalid_field");
  EXPECT_EQ(error_of(with("order_value", "£12")), "order_value:invalid_field");
  EXPECT_EQ(error_of(with("marketing_opt_in", "yes")), "marketing_opt_in:invalid_field");
  EXPECT_EQ(error_of(with("order_nubmer", "O1")), "order_nubmer:unknown_field");
  EXPECT_EQ(error_of(with("order_number", std::string(129, 'x'))), "order_number:too_long");
  EXPECT_EQ(origin_.send({.method = "POST", .target = "/track", .body = "not json"}).error(),
            ":invalid_json");
  EXPECT_EQ(origin_.count("conversions"), 0);
}

TEST_F(TrackTest, TakesTheMarketByIdAndTheLongestOrderNumber) {
  const Json body = {
      {"market", market_.id}, {"customer_email", "a@example.org"}, {"order_number", std::string(128, 'x')}};
  EXPECT_EQ(origin_.post("/track", body).status, 200U);
}

class SignedTrackTest : public TrackTest {
 protected:
  TestMarket strict_ =
      origin_.add_market("strict", [](NewMarket& market) { market.requires_signed_track = true; });

  // An order whose value is a number with a literal of its own, signed as a shop would.
  std::string signed_order(const std::string& order, const std::string& value) const {
    const std::array<Field, 3> fields = {{{"order_number", order},
                                          {"customer_email", "a@example.org"},
                                          {"order_value", value, ValueKind::kRaw}}};
    const std::string keys = "order_number, customer_email, order_value";
    return R"({"market":"strict","order_number":")" + order +
           R"(","customer_email":"a@example.org","order_value":)" + value + R"(,"signed_keys":")" + keys +
           R"(","signature":")" + *build_signature(fields, keys, strict_.secret) + "\"}";
  }

  Answer send(const std::string& body) const {
    return origin_.send({.method = "POST", .target = "/track", .body = body});
  }
};

TEST_F(SignedTrackTest, AcceptsASignatureOverValuesAsGiven) {
  EXPECT_EQ(send(signed_order("O1", "12.50")).status, 200U);
  EXPECT_EQ(send(signed_order("O2", "12")).status, 200U);
  EXPECT_EQ(origin_.count("conversions"), 2);
}

TEST_F(SignedTrackTest, RefusesWhatTheSignatureDoesNotCover) {
  std::string body = signed_order("O1", "12.50");
  body.replace(body.find("12.50"), 5, "12.5");
  const Answer answer = send(body);
  EXPECT_EQ(answer.status, 422U);
  EXPECT_EQ(answer.error(), "signature:signature_mismatch");
  EXPECT_EQ(origin_.count("conversions"), 0);
  EXPECT_EQ(origin_.count("decisions"), 0);
}

TEST_F(SignedTrackTest, RefusesAnOrderWithoutSignature) {
  EXPECT_EQ(origin_.track(strict_, "O1", "a@example.org").error(), "signature:missing_field");
  EXPECT_EQ(origin_.count("conversions"), 0);
}

TEST_F(SignedTrackTest, ChecksASignatureThatIsNotRequired) {
  const Json fields = {{"signed_keys", "order_number, customer_email"}, {"signature", std::string(64, 'a')}};
  EXPECT_EQ(origin_.track(market_, "O1", "a@example.org", fields).error(), "signature:signature_mismatch");
}

TEST_F(TrackTest, AllowsPagesOfTheMarketsSite) {
  const Answer own =
      origin_.track(market_, "O1", "a@example.org", {}, {{"Origin", "https://www.shop.example"}});
  EXPECT_EQ(own.header("Access-Control-Allow-Origin"), "https://www.shop.example");
  EXPECT_EQ(own.header("Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(own.header("Vary"), "Origin");
  const Answer foreign =
      origin_.track(market_, "O2", "a@example.org", {}, {{"Origin", "https://evil.example"}});
  EXPECT_EQ(foreign.header("Access-Control-Allow-Origin"), "*") << "without its cookies";
  EXPECT_EQ(foreign.header("Access-Control-Allow-Credentials"), "");
  EXPECT_EQ(foreign.status, 200U);
  EXPECT_EQ(origin_.track(market_, "O4", "a@example.org").header("Access-Control-Allow-Origin"), "");
  const Answer refused = origin_.track(market_, "O3", "nobody", {}, {{"Origin", "https://shop.example"}});
  EXPECT_EQ(refused.status, 422U);
  EXPECT_EQ(refused.header("Access-Control-Allow-Origin"), "https://shop.example");
}

TEST_F(TrackTest, AnswersPreflights) {
  const auto ask = [&](const std::string& host, const std::string& page) {
    return origin_.send(
        {.method = "OPTIONS", .target = "/track", .headers = {{"Host", host}, {"Origin", page}}});
  };
  const Answer own = ask("demo.shop.example", "https://shop.example");
  EXPECT_EQ(own.status, 204U);
  EXPECT_EQ(own.header("Access-Control-Allow-Origin"), "https://shop.example");
  EXPECT_EQ(own.header("Access-Control-Allow-Methods"), "POST");
  EXPECT_EQ(own.header("Access-Control-Allow-Headers"), "Content-Type");
  EXPECT_EQ(ask("demo.shop.example", "https://evil.example").header("Access-Control-Allow-Credentials"), "");
  EXPECT_EQ(ask("nobody.example", "https://shop.example").header("Access-Control-Allow-Origin"), "");
}

}  // namespace
}  // namespace refedge::origin::test
