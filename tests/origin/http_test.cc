// The transport: statuses, limits, connections. Spec: docs/protocol.md#origin-http-api.
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>

#include "origin/http/routes.h"
#include "test_origin.h"

namespace refedge::origin::test {
namespace {

class HttpTest : public testing::Test {
 protected:
  void SetUp() override { origin_.add_campaign(market_, "raf"); }
  TestOrigin origin_;
  TestMarket market_ = origin_.add_market("demo");
};

TEST(Routes, TellAMissingPathFromAMissingMethod) {
  EXPECT_EQ(find_route("GET", "/iaf/raf/embed").path_value, "raf");
  EXPECT_NE(find_route("HEAD", "/iaf/raf/embed").route, nullptr);
  EXPECT_EQ(find_route("DELETE", "/track").allowed, "POST, OPTIONS");
  for (const char* path :
       {"/", "", "/iaf//embed", "/iaf/a/b/embed", "/track/", "/Track", "/api/reports/who_referred_whom/",
        "/api/reports/who_referred_whom/a/b", "/iaf/embed", "*"}) {
    const RouteMatch match = find_route("GET", path);
    EXPECT_EQ(match.route, nullptr) << path;
    EXPECT_EQ(match.allowed, "") << path;
  }
}

TEST_F(HttpTest, AnswersUnknownPathsAndMethods) {
  const Answer missing = origin_.get("/nope?secret=1");
  EXPECT_EQ(missing.status, 404U);
  EXPECT_EQ(missing.error(), ":not_found");
  const Answer wrong = origin_.get("/api/signups");
  EXPECT_EQ(wrong.status, 405U);
  EXPECT_EQ(wrong.header("Allow"), "POST");
  EXPECT_EQ(wrong.error(), ":method_not_allowed");
}

TEST_F(HttpTest, LimitsABodyAtItsEdge) {
  const auto status_of = [&](const std::string& target, std::size_t size) {
    return origin_.send({.method = "POST", .target = target, .body = std::string(size, ' ')}).status;
  };
  EXPECT_EQ(status_of("/track", kMaxBodyBytes), 422U);
  EXPECT_EQ(status_of("/track", kMaxBodyBytes + 1), 413U);
  EXPECT_EQ(status_of("/edge/clicks", kMaxClicksBodyBytes), 401U);
  EXPECT_EQ(status_of("/edge/clicks", kMaxClicksBodyBytes + 1), 413U);
}

std::string chunked(std::size_t chunks) {
  std::string request =
      "POST /track HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::size_t i = 0; i < chunks; ++i) request += "1000\r\n" + std::string(4096, ' ') + "\r\n";
  return request + "0\r\n\r\n";
}

std::string status_line(const std::string& answer) { return answer.substr(0, answer.find('\r')); }

TEST_F(HttpTest, LimitsAChunkedBodyToo) {
  EXPECT_EQ(status_line(call_raw(origin_.port(), chunked(16))), "HTTP/1.1 422 Unprocessable Entity");
  EXPECT_EQ(status_line(call_raw(origin_.port(), chunked(17))), "HTTP/1.1 413 Payload Too Large");
}

TEST_F(HttpTest, RefusesWhatIsNoHttp) {
  EXPECT_EQ(status_line(call_raw(origin_.port(), "what is this\r\n\r\n")), "HTTP/1.1 400 Bad Request");
  const std::string many = "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(40000, 'x') + "\r\n\r\n";
  EXPECT_EQ(status_line(call_raw(origin_.port(), many)), "HTTP/1.1 431 Request Header Fields Too Large");
  EXPECT_EQ(origin_.get("/nope").status, 404U) << "it serves on";
}

TEST_F(HttpTest, KeepsAConnectionAndAnswersInOrder) {
  const std::string two =
      "GET /nope HTTP/1.1\r\nHost: a\r\n\r\nGET /api/signups HTTP/1.1\r\nHost: a\r\nConnection: "
      "close\r\n\r\n";
  const std::string answer = call_raw(origin_.port(), two);
  const std::size_t first = answer.find("HTTP/1.1 404");
  const std::size_t second = answer.find("HTTP/1.1 405");
  EXPECT_EQ(first, 0U);
  EXPECT_NE(second, std::string::npos);
}

TEST_F(HttpTest, AnswersHeadWithoutABody) {
  const Answer get = origin_.get("/iaf/raf/embed?market=demo");
  const Answer head = origin_.send({.method = "HEAD", .target = "/iaf/raf/embed?market=demo"});
  EXPECT_EQ(head.status, 200U);
  EXPECT_EQ(head.header("Content-Length"), get.header("Content-Length"));
  EXPECT_TRUE(head.body.empty());
}

TEST_F(HttpTest, LetsACallerGoOnThatAsks) {
  const std::string head =
      "POST /track HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: "
      "2\r\n\r\n{}";
  const std::string answer = call_raw(origin_.port(), head);
  EXPECT_EQ(answer.find("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 422"), 0U) << answer;
}

TEST_F(HttpTest, StopsWithIdleConnectionsOpen) {
  boost::asio::io_context loop;
  boost::asio::ip::tcp::socket idle(loop);
  idle.connect({boost::asio::ip::address_v4::loopback(), origin_.port()});
  const std::uint16_t port = origin_.port();
  EXPECT_EQ(origin_.get("/nope").status, 404U);
  const auto begin = std::chrono::steady_clock::now();
  origin_.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(8));
  EXPECT_TRUE(is_refused(port));
}

}  // namespace
}  // namespace refedge::origin::test
