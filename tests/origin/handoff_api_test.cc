// POST /handoff over a real socket. Spec: docs/protocol.md#handoff.
#include <gtest/gtest.h>

#include "refedge/handoff.h"
#include "test_origin.h"

namespace refedge::origin::test {
namespace {

class HandoffTest : public testing::Test {
 protected:
  Answer ask(Headers headers, const std::string& host = "demo.shop.example") {
    headers.emplace_back("Host", host);
    headers.emplace_back("Origin", "https://www.shop.example");
    return origin_.send({.method = "POST", .target = "/handoff", .headers = headers});
  }

  Headers by_edge(const TestMarket& market) {
    return {{"Refedge-Attribution", origin_.edge_cookie(market, "k7", kStart - 60)}};
  }

  TestOrigin origin_;
  TestMarket market_ = origin_.add_market("demo");
};

TEST_F(HandoffTest, SignsWhatTheEdgeKnows) {
  const Answer answer = ask(by_edge(market_));
  EXPECT_EQ(answer.status, 200U);
  const std::string token = nlohmann::json::parse(answer.body).at("handoff");
  EXPECT_EQ(token.rfind("h1." + std::to_string(kStart) + ".1.k7.." + std::to_string(kStart - 60) + ".", 0),
            0U)
      << token;
  EXPECT_EQ(parse_handoff(token)->code, "k7");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "https://www.shop.example");
  EXPECT_EQ(answer.header("Access-Control-Allow-Credentials"), "true");
}

TEST_F(HandoffTest, SignsNothingThatAnybodyCanWrite) {
  const TestMarket other = origin_.add_market("other");
  for (const Headers& headers :
       {Headers{}, Headers{{"Refedge-Attribution", "1.k7..1700000000"}}, by_edge(other)}) {
    const Answer answer = ask(headers);
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.body, R"({"handoff":null})");
  }
}

TEST_F(HandoffTest, KnowsItsMarketByTheHost) {
  EXPECT_EQ(ask(by_edge(market_), "nobody.example").status, 404U);
}

std::vector<std::string> cookies_of(const Answer& answer) {
  std::vector<std::string> cookies;
  for (const auto& [name, value] : answer.headers) {
    if (name == "Set-Cookie") cookies.push_back(value);
  }
  return cookies;
}

Answer forget(TestOrigin& origin, const std::string& page, const std::string& host = "demo.shop.example") {
  return origin.send({.method = "POST", .target = "/forget", .headers = {{"Host", host}, {"Origin", page}}});
}

// Spec: docs/protocol.md#forget.
TEST_F(HandoffTest, ForgetsWhatAPageCannotSee) {
  const Answer answer = forget(origin_, "https://www.shop.example");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(cookies_of(answer),
            (std::vector<std::string>{
                "_refedge=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax",
                "_refedge=; Max-Age=0; Path=/; Domain=shop.example; Secure; HttpOnly; SameSite=Lax"}));
  EXPECT_EQ(answer.header("Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
}

TEST_F(HandoffTest, ForgetsForTheMarketsOwnPagesAlone) {
  for (const char* page : {"https://evil.example", "null", ""}) {
    const Answer answer = forget(origin_, page);
    EXPECT_EQ(answer.status, 422U) << page;
    EXPECT_TRUE(cookies_of(answer).empty()) << page;
  }
  EXPECT_EQ(forget(origin_, "https://www.shop.example", "nobody.example").status, 404U);
}

}  // namespace
}  // namespace refedge::origin::test
