#include "edge/agent/http_client.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "tests/edge/test_origin.h"

namespace refedge::edge {
namespace {

using namespace std::chrono_literals;
using testing::OriginAnswer;
using testing::OriginRequest;
using testing::TestOrigin;

std::string why_not(const std::string& origin, const std::string& token = "token") {
  const StopSignal stop;
  const auto client = HttpClient::open({.origin = origin, .token = token}, stop);
  return client ? "opened" : client.message();
}

TEST(HttpClient, sends_the_token_and_gives_any_status_with_its_body) {
  const TestOrigin origin([](const OriginRequest& request) {
    return OriginAnswer{request.method == "GET" ? 503u : 422u, "said " + request.body, false};
  });
  const StopSignal stop;
  auto client = HttpClient::open({.origin = origin.url() + "/", .token = "s3cret"}, stop);
  ASSERT_TRUE(client) << client.message();
  const auto got = client->get("/edge/links?after=0", 0ms);
  ASSERT_TRUE(got) << got.message();
  EXPECT_EQ(got->status, 503);
  const auto posted = client->post("/edge/clicks", "{}");
  ASSERT_TRUE(posted) << posted.message();
  EXPECT_EQ(posted->status, 422);
  EXPECT_EQ(posted->body, "said {}");
  const auto again = client->get("/x", 0ms);
  ASSERT_TRUE(again);
  const auto seen = origin.requests();
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[0].method, "GET");
  EXPECT_EQ(seen[0].target, "/edge/links?after=0");
  EXPECT_EQ(seen[1].method, "POST");
  EXPECT_EQ(seen[1].target, "/edge/clicks");
  EXPECT_EQ(seen[2].method, "GET");
  EXPECT_EQ(seen[2].body, "");
  for (const auto& request : seen) EXPECT_EQ(request.authorization, "Bearer s3cret");
}

TEST(HttpClient, refuses_an_origin_url_that_is_no_plain_one_without_repeating_it) {
  for (const char* url : {"", "origin.example", "ftp://origin.example", "file:///etc/passwd", "http://", "http://a b",
                          "http://user:hunter2@origin.example", "https://hunter2@origin.example",
                          "http://origin.example?token=hunter2", "http://origin.example/#hunter2"}) {
    const std::string why = why_not(url);
    EXPECT_NE(why, "opened") << url;
    EXPECT_EQ(why.find("hunter2"), std::string::npos) << why;
  }
  EXPECT_EQ(why_not("https://origin.example:8443/base/"), "opened");
}

TEST(HttpClient, refuses_a_token_that_could_split_the_header) {
  for (const char* token : {"", "a b", "a\r\nX: y", "a\n", "t\xC3\xB6ken", "\x7F"})
    EXPECT_NE(why_not("http://origin.example", token), "opened");
}

TEST(HttpClient, an_origin_that_is_not_there_or_hangs_up_is_an_error) {
  std::string url;
  {
    const TestOrigin origin([](const OriginRequest&) { return OriginAnswer{0, "", true}; });
    url = origin.url();
    const StopSignal stop;
    auto client = HttpClient::open({.origin = url, .token = "t"}, stop);
    ASSERT_TRUE(client);
    EXPECT_FALSE(client->get("/", 0ms));
  }
  const StopSignal stop;
  auto client = HttpClient::open({.origin = url, .token = "t"}, stop);
  ASSERT_TRUE(client);
  const auto answer = client->get("/", 0ms);
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.message().find(url), std::string::npos) << answer.message();
}

// A handler that answers when the test ends.
struct Slow {
  StopSignal released;
  OriginAnswer operator()(const OriginRequest&) {
    released.wait_for(30s);
    return {200, "late", false};
  }
};

TEST(HttpClient, waits_no_longer_than_its_timeout) {
  Slow slow;
  const TestOrigin origin([&](const OriginRequest& request) { return slow(request); });
  const StopSignal stop;
  auto client = HttpClient::open({.origin = origin.url(), .token = "t", .answer_timeout = 100ms}, stop);
  ASSERT_TRUE(client);
  const auto began = std::chrono::steady_clock::now();
  EXPECT_FALSE(client->get("/", 100ms));
  EXPECT_GE(std::chrono::steady_clock::now() - began, 150ms);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 10s);
  slow.released.request();
}

TEST(HttpClient, a_stop_ends_a_request_in_flight) {
  Slow slow;
  const TestOrigin origin([&](const OriginRequest& request) { return slow(request); });
  StopSignal stop;
  auto client = HttpClient::open({.origin = origin.url(), .token = "t"}, stop);
  ASSERT_TRUE(client);
  std::thread stopper([&] {
    while (origin.requests().empty()) std::this_thread::yield();
    stop.request();
  });
  const auto began = std::chrono::steady_clock::now();
  EXPECT_FALSE(client->get("/", 25s));
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
  stopper.join();
  slow.released.request();
}

TEST(HttpClient, follows_no_redirect) {
  const TestOrigin origin([](const OriginRequest&) { return OriginAnswer{302, "", false}; });
  const StopSignal stop;
  auto client = HttpClient::open({.origin = origin.url(), .token = "t"}, stop);
  ASSERT_TRUE(client);
  const auto answer = client->get("/", 0ms);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 302);
}

TEST(HttpClient, an_endless_answer_is_cut_off) {
  const TestOrigin origin([](const OriginRequest&) { return OriginAnswer{200, std::string((16u << 20) + 1, 'x'), false}; });
  const StopSignal stop;
  auto client = HttpClient::open({.origin = origin.url(), .token = "t"}, stop);
  ASSERT_TRUE(client);
  EXPECT_FALSE(client->get("/", 0ms));
}

}  // namespace
}  // namespace refedge::edge
