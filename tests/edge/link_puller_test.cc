#include "edge/agent/link_puller.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "edge/links/link_table_reader.h"
#include "tests/edge/temp_dir.h"
#include "tests/edge/test_origin.h"

namespace refedge::edge {
namespace {

using namespace std::chrono_literals;
using testing::OriginAnswer;
using testing::OriginRequest;
using testing::TempDir;
using testing::TestOrigin;

std::string link(const std::string& code, const std::string& location) {
  return R"({"code":")" + code + R"(","market_id":"00112233-4455-6677-8899-aabbccddeeff","location":")" + location +
         R"(","expires_at":0,"active":true})";
}

std::string page(const std::string& links, int cursor, bool more) {
  return R"({"links":[)" + links + R"(],"cursor":)" + std::to_string(cursor) + R"(,"more":)" +
         (more ? "true" : "false") + "}";
}

// A puller whose origin gives the answers in order, then 500.
class LinkPullerTest : public ::testing::Test {
 protected:
  LinkPuller make() {
    auto http = HttpClient::open({.origin = origin_.url(), .token = "t"}, stop_);
    EXPECT_TRUE(http);
    auto table = LinkTableWriter::open({.directory = dir_ / "links"});
    EXPECT_TRUE(table);
    return LinkPuller(*std::move(http), *std::move(table), counts_);
  }

  OriginAnswer next() {
    if (answers_.empty()) return {500, "", false};
    OriginAnswer answer = answers_.front();
    answers_.pop_front();
    return answer;
  }

  bool has(std::string_view code) {
    auto reader = LinkTableReader::open(dir_ / "links");
    if (!reader) return false;
    const auto snapshot = reader->snapshot();
    const auto found = snapshot->find(code);
    return found && found->has_value();
  }

  std::string last_target() { return origin_.requests().back().target; }

  TempDir dir_;
  StopSignal stop_;
  AgentCounts counts_;
  std::deque<OriginAnswer> answers_;
  TestOrigin origin_{[this](const OriginRequest&) { return next(); }};
};

TEST_F(LinkPullerTest, pages_through_the_feed_and_goes_on_from_its_cursor) {
  answers_ = {{200, page(link("a", "https://a.example/"), 1, true), false},
              {200, page(link("b", "https://b.example/"), 5, false), false},
              {200, page("", 5, false), false}};
  auto puller = make();
  EXPECT_EQ(puller.pull(25s), PullOutcome::kMore);
  EXPECT_EQ(last_target(), "/edge/links?after=0&limit=1000&wait_seconds=25");
  EXPECT_EQ(puller.pull(0s), PullOutcome::kApplied);
  EXPECT_EQ(last_target(), "/edge/links?after=1&limit=1000&wait_seconds=0");
  EXPECT_EQ(puller.pull(0s), PullOutcome::kIdle);
  EXPECT_EQ(last_target(), "/edge/links?after=5&limit=1000&wait_seconds=0");
  EXPECT_TRUE(has("a"));
  EXPECT_TRUE(has("b"));
}

TEST_F(LinkPullerTest, goes_on_from_the_stored_cursor_after_a_restart) {
  answers_ = {{200, page(link("a", "https://a.example/"), 7, false), false}};
  { EXPECT_EQ(make().pull(0s), PullOutcome::kApplied); }
  EXPECT_EQ(make().pull(0s), PullOutcome::kFailed);
  EXPECT_EQ(last_target(), "/edge/links?after=7&limit=1000&wait_seconds=0");
}

TEST_F(LinkPullerTest, a_failing_origin_changes_nothing_and_is_asked_again_for_the_same) {
  // Twice hung up: libcurl itself tries again when a connection that it kept turns out to be closed.
  answers_ = {{503, "busy", false}, {401, "{}", false}, {200, "<html>", false}, {200, "", true}, {200, "", true},
              {302, "", false}, {200, page("", 0, true), false},
              {200, page(link("a", "https://a.example/"), 1, false), false}};
  auto puller = make();
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(puller.pull(0s), PullOutcome::kFailed) << i;
    EXPECT_EQ(last_target(), "/edge/links?after=0&limit=1000&wait_seconds=0");
    EXPECT_FALSE(has("a"));
  }
  EXPECT_EQ(puller.pull(0s), PullOutcome::kApplied);
  EXPECT_TRUE(has("a"));
}

TEST_F(LinkPullerTest, one_bad_link_does_not_hold_up_the_others) {
  answers_ = {{200, page(link("a", "https://a.example/") + "," + link("bad", "javascript:1") + "," +
                             link("c", "https://c.example/"), 3, false), false},
              {200, page(link("bad", "nonsense"), 4, false), false},
              {200, page("", 4, false), false}};
  auto puller = make();
  EXPECT_EQ(puller.pull(0s), PullOutcome::kApplied);
  EXPECT_TRUE(has("a"));
  EXPECT_FALSE(has("bad"));
  EXPECT_TRUE(has("c"));
  EXPECT_EQ(puller.pull(0s), PullOutcome::kApplied) << "the cursor passes a page of nothing but bad links";
  EXPECT_EQ(puller.pull(0s), PullOutcome::kIdle);
}

TEST_F(LinkPullerTest, an_origin_whose_feed_went_back_is_read_from_the_beginning) {
  answers_ = {{200, page(link("a", "https://a.example/"), 7, false), false},
              {200, page("", 5, false), false},
              {200, page(link("b", "https://b.example/"), 5, true), false},
              {200, page(link("c", "https://c.example/"), 6, false), false}};
  auto puller = make();
  EXPECT_EQ(puller.pull(0s), PullOutcome::kApplied);
  EXPECT_EQ(puller.pull(0s), PullOutcome::kFailed) << "to be tried at the pace of the back-off";
  EXPECT_TRUE(has("a")) << "it leads to the shop all the same";
  EXPECT_EQ(puller.pull(0s), PullOutcome::kMore);
  EXPECT_TRUE(last_target().starts_with("/edge/links?after=0&")) << last_target();
  EXPECT_EQ(puller.pull(0s), PullOutcome::kApplied);
  EXPECT_TRUE(has("b") && has("c"));
  EXPECT_EQ(counts_.feed_restarts, 1u);
  EXPECT_EQ(counts_.link_cursor, 6u);
}

TEST_F(LinkPullerTest, counts_what_it_did) {
  answers_ = {{200, page(link("a", "https://a.example/") + "," + link("no code!", "https://a.example/"), 2, true), false},
              {200, page(link("b", "https://b.example/"), 3, false), false}};
  auto puller = make();
  EXPECT_EQ(puller.pull(0s), PullOutcome::kMore);
  EXPECT_FALSE(counts_.links_complete);
  EXPECT_EQ(puller.pull(0s), PullOutcome::kApplied);
  EXPECT_TRUE(counts_.links_complete);
  EXPECT_EQ(puller.pull(0s), PullOutcome::kFailed);
  EXPECT_TRUE(counts_.links_complete) << "an outage later takes no link away";
  EXPECT_EQ(counts_.links_stored, 2u);
  EXPECT_EQ(counts_.links_refused, 1u);
  EXPECT_EQ(counts_.link_failures, 1u);
  EXPECT_EQ(counts_.link_cursor, 3u);
}

}  // namespace
}  // namespace refedge::edge
