// The link feed and the click intake, over a real socket. Spec: docs/protocol.md#edge-api.
#include <gtest/gtest.h>

#include <chrono>
#include <future>

#include "refedge/click_id.h"
#include "test_origin.h"

namespace refedge::origin::test {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

class EdgeApiTest : public testing::Test {
 protected:
  void SetUp() override { origin_.add_campaign(market_, "raf"); }

  Answer links(const std::string& query = "") { return origin_.get("/edge/links" + query, edge_auth()); }
  Answer clicks(const Json& list) { return origin_.post("/edge/clicks", {{"clicks", list}}, edge_auth()); }

  Json click(std::uint8_t number) const {
    return {{"click_id", make_click_id(1'700'000'000'000, {number})},
            {"code", "abc"},
            {"market_id", market_.id},
            {"at_ms", 1'700'000'000'000},
            {"verdict", "human"}};
  }

  TestOrigin origin_;
  TestMarket market_ = origin_.add_market("demo");
};

TEST_F(EdgeApiTest, WantsTheEdgesToken) {
  EXPECT_EQ(origin_.get("/edge/links").status, 401U);
  for (const char* wrong :
       {"Bearer wrong", "Bearer ", "edge-token-of-the-tests", "Basic edge-token-of-the-tests"}) {
    const Headers headers = {{"Authorization", wrong}};
    EXPECT_EQ(origin_.get("/edge/links", headers).status, 401U) << wrong;
    EXPECT_EQ(origin_.post("/edge/clicks", {{"clicks", Json::array()}}, headers).status, 401U) << wrong;
  }
  EXPECT_EQ(origin_.get("/edge/links", market_.auth()).status, 401U);
}

TEST(EdgeApi, IsClosedWithoutAToken) {
  TempDirectory directory;
  ServiceOptions options;
  options.database_path = directory.file("refedge.db");
  options.listen = {boost::asio::ip::make_address("127.0.0.1"), 0};
  Service service(std::move(options));
  std::thread thread([&] { service.run(Service::Signals::kIgnore); });
  EXPECT_EQ(call(service.port(), {.target = "/edge/links", .headers = {{"Authorization", "Bearer "}}}).status,
            401U);
  service.stop();
  thread.join();
}

TEST_F(EdgeApiTest, PagesThroughTheFeed) {
  for (const char* email : {"a@example.com", "b@example.com", "c@example.com"}) {
    ASSERT_FALSE(origin_.sign_up(market_, "raf", email).empty());
  }
  const Json first = links("?after=0&limit=2").json();
  EXPECT_EQ(first["links"].size(), 2U);
  EXPECT_EQ(first["more"], true);
  const Json rest = links("?limit=2&after=" + first["cursor"].dump()).json();
  EXPECT_EQ(rest["links"].size(), 1U);
  EXPECT_EQ(rest["more"], false);
  const Json end = links("?after=" + rest["cursor"].dump()).json();
  EXPECT_TRUE(end["links"].empty());
  EXPECT_EQ(end["cursor"], rest["cursor"]);
  EXPECT_EQ(links("?limit=3").json()["more"], false);
}

TEST_F(EdgeApiTest, SaysOfALinkWhatTheEdgeShowsInstead) {
  const std::string plain = origin_.sign_up(market_, "raf", "a@example.com");
  origin_.add_campaign(market_, "shown", [](NewCampaign& campaign) {
    campaign.pages = {"https://shop.example/ended", "10 off \u2014 for you", "From a friend", "https://shop.example/og.png"};
  });
  const std::string shown = origin_.sign_up(market_, "shown", "a@example.com");
  const Json feed = links().json();
  ASSERT_EQ(feed["links"].size(), 2U);
  EXPECT_EQ(feed["links"][0].size(), 5U) << "a plain link says no more";
  EXPECT_EQ(feed["links"][1]["fallback"], "https://shop.example/ended");
  const Json preview = {{"title", "10 off \u2014 for you"}, {"description", "From a friend"},
                        {"image_url", "https://shop.example/og.png"}, {"locale", "en"}};
  EXPECT_EQ(feed["links"][1]["preview"], preview);
  EXPECT_FALSE(feed["links"][1].contains("blocked"));
}

TEST_F(EdgeApiTest, TellsOfABlockedCodeAndOfAFreedOne) {
  const std::string code = origin_.sign_up(market_, "raf", "a@example.com");
  const Json before = links().json();
  const auto store = open_store(origin_.database);
  EXPECT_EQ(set_link_blocked(*store, code, true).code, Errc::kOk);
  const Json blocked = links("?after=" + before["cursor"].dump()).json();
  ASSERT_EQ(blocked["links"].size(), 1U);
  EXPECT_EQ(blocked["links"][0]["blocked"], true);
  EXPECT_EQ(blocked["links"][0]["active"], true);
  EXPECT_EQ(set_link_blocked(*store, code, false).code, Errc::kOk);
  const Json freed = links("?after=" + blocked["cursor"].dump()).json();
  ASSERT_EQ(freed["links"].size(), 1U);
  EXPECT_FALSE(freed["links"][0].contains("blocked"));
  EXPECT_EQ(set_link_blocked(*store, "nobody", true), (Error{Errc::kNotFound, "code"}));
}

TEST_F(EdgeApiTest, RefusesAQueryOutOfRange) {
  EXPECT_EQ(links("?limit=1000&wait_seconds=0").status, 200U);
  EXPECT_EQ(links("?limit=1001").error(), "limit:invalid_field");
  EXPECT_EQ(links("?limit=0").error(), "limit:invalid_field");
  EXPECT_EQ(links("?wait_seconds=26").error(), "wait_seconds:invalid_field");
  EXPECT_EQ(links("?after=x").error(), "after:invalid_field");
  EXPECT_EQ(links("?after=-1").error(), "after:invalid_field");
}

TEST_F(EdgeApiTest, WaitsForALinkAndAnswersAtOnceWhenThereIsOne) {
  const auto begin = Clock::now();
  auto waiting = std::async(std::launch::async, [&] { return links("?after=0&wait_seconds=25"); });
  const std::string code = origin_.sign_up(market_, "raf", "maya@example.com");
  const Json feed = waiting.get().json();
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(10));
  ASSERT_EQ(feed["links"].size(), 1U);
  EXPECT_EQ(feed["links"][0]["code"], code);
}

TEST_F(EdgeApiTest, GoesOnWaitingThroughChangesThatAreNoLinks) {
  ASSERT_FALSE(origin_.sign_up(market_, "raf", "a@example.com").empty());  // cursor 1: not above 1
  auto waiting = std::async(std::launch::async, [&] { return links("?after=1&wait_seconds=25"); });
  EXPECT_EQ(origin_.track(market_, "O1", "sam@example.org").status, 200U);
  const std::string code = origin_.sign_up(market_, "raf", "b@example.com");
  const Json feed = waiting.get().json();
  ASSERT_EQ(feed["links"].size(), 1U);
  EXPECT_EQ(feed["links"][0]["code"], code);
}

TEST_F(EdgeApiTest, AnswersEmptyWhenTheWaitIsOver) {
  ASSERT_FALSE(origin_.sign_up(market_, "raf", "maya@example.com").empty());
  const auto begin = Clock::now();
  const Json feed = links("?after=1&wait_seconds=1").json();
  EXPECT_GE(Clock::now() - begin, std::chrono::milliseconds(950));
  EXPECT_EQ(feed, Json({{"links", Json::array()}, {"cursor", 1}, {"more", false}}));
}

TEST_F(EdgeApiTest, TellsAtOnceThatItsFeedIsBehindTheEdges) {
  const auto begin = Clock::now();
  EXPECT_EQ(links("?after=7&wait_seconds=25").json(), Json({{"links", Json::array()}, {"cursor", 0}, {"more", false}}));
  ASSERT_FALSE(origin_.sign_up(market_, "raf", "maya@example.com").empty());
  EXPECT_EQ(links("?after=2&wait_seconds=25").json()["cursor"], 1);
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(10));
}

TEST_F(EdgeApiTest, ServesOthersWhileManyWait) {
  std::vector<std::future<Answer>> waiting;
  for (int i = 0; i < 20; ++i) {
    waiting.push_back(std::async(std::launch::async, [&] { return links("?after=0&wait_seconds=25"); }));
  }
  EXPECT_EQ(origin_.track(market_, "O1", "sam@example.org").status, 200U);
  ASSERT_FALSE(origin_.sign_up(market_, "raf", "maya@example.com").empty());
  for (auto& answer : waiting) EXPECT_EQ(answer.get().json()["links"].size(), 1U);
}

TEST_F(EdgeApiTest, AnswersAWaitWhenItStops) {
  auto waiting = std::async(std::launch::async, [&] { return links("?after=0&wait_seconds=25"); });
  ASSERT_TRUE(wait_until(
      [&] { return waiting.wait_for(std::chrono::milliseconds(100)) == std::future_status::timeout; }));
  const auto begin = Clock::now();
  origin_.stop();
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(8));
  EXPECT_EQ(waiting.get().status, 200U);
}

TEST_F(EdgeApiTest, TakesAClickOnce) {
  EXPECT_EQ(clicks({click(1), click(2)}).body, R"({"accepted":2,"duplicates":0})");
  EXPECT_EQ(clicks({click(2), click(3), click(3)}).body, R"({"accepted":1,"duplicates":2})");
  EXPECT_EQ(origin_.count("clicks"), 3);
  EXPECT_EQ(clicks(Json::array()).body, R"({"accepted":0,"duplicates":0})");
}

TEST_F(EdgeApiTest, KeepsClicksThroughARestart) {
  ASSERT_EQ(clicks(Json::array({click(1)})).status, 200U);
  origin_.stop();
  origin_.start();
  EXPECT_EQ(clicks(Json::array({click(1)})).body, R"({"accepted":0,"duplicates":1})");
}

TEST_F(EdgeApiTest, TakesEveryVerdictAndUnknownLinks) {
  std::uint8_t number = 10;
  for (const char* verdict : {"human", "bot", "unfurler", "prefetch", "head"}) {
    Json one = click(number++);
    one["verdict"] = verdict;
    one["market_id"] = "00000000-0000-4000-8000-000000000000";
    EXPECT_EQ(clicks(Json::array({one})).body, R"({"accepted":1,"duplicates":0})") << verdict;
  }
}

TEST_F(EdgeApiTest, RefusesABatchWholeAndNamesThePlace) {
  const auto error_with = [&](const char* key, const Json& value) {
    Json bad = click(2);
    bad[key] = value;
    const Answer answer = clicks({click(1), bad});
    EXPECT_EQ(answer.status, 422U);
    return answer.error();
  };
  EXPECT_EQ(error_with("code", "no code!"), "clicks[1].code:invalid_field");
  EXPECT_EQ(error_with("click_id", "x"), "clicks[1].click_id:invalid_field");
  EXPECT_EQ(error_with("market_id", "demo"), "clicks[1].market_id:invalid_field");
  EXPECT_EQ(error_with("at_ms", "now"), "clicks[1].at_ms:invalid_field");
  EXPECT_EQ(error_with("at_ms", -1), "clicks[1].at_ms:invalid_field");
  EXPECT_EQ(error_with("verdict", "cat"), "clicks[1].verdict:invalid_field");
  EXPECT_EQ(clicks({click(1), 5}).error(), "clicks[1]:invalid_field");
  EXPECT_EQ(clicks("x").error(), "clicks:invalid_field");
  EXPECT_EQ(origin_.post("/edge/clicks", Json::object(), edge_auth()).error(), "clicks:missing_field");
  EXPECT_EQ(origin_.count("clicks"), 0);
}

TEST_F(EdgeApiTest, LimitsABatchAtItsEdge) {
  Json list = Json::array();
  for (int i = 0; i < 1000; ++i) {
    Json one = click(0);
    one["click_id"] = make_click_id(1'700'000'000'000 + static_cast<std::uint64_t>(i), {});
    list.push_back(one);
  }
  const Answer full = clicks(list);
  EXPECT_EQ(full.body, R"({"accepted":1000,"duplicates":0})");
  list.push_back(click(1));
  EXPECT_EQ(clicks(list).error(), "clicks:too_many");
}

}  // namespace
}  // namespace refedge::origin::test
