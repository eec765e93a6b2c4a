#include "edge/agent/agent.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <string>
#include <thread>

#include "edge/agent/backoff.h"
#include "edge/links/link_table_reader.h"
#include "edge/spool/spool_writer.h"
#include "tests/edge/temp_dir.h"
#include "tests/edge/test_origin.h"

namespace refedge::edge {
namespace {

using namespace std::chrono_literals;
using testing::OriginAnswer;
using testing::OriginRequest;
using testing::TempDir;
using testing::TestOrigin;

TEST(Backoff, doubles_with_jitter_up_to_its_limit_and_starts_again) {
  Backoff backoff(1);
  auto ceiling = Backoff::kFirst;
  for (int i = 0; i < 12; ++i) {
    const auto pause = backoff.next();
    EXPECT_GE(pause, ceiling / 2) << i;
    EXPECT_LE(pause, ceiling) << i;
    ceiling = std::min(ceiling * 2, Backoff::kLongest);
  }
  backoff.reset();
  EXPECT_LE(backoff.next(), Backoff::kFirst);
}

TEST(Backoff, differs_from_edge_to_edge) {
  std::set<std::int64_t> pauses;
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    Backoff backoff(seed);
    pauses.insert(backoff.next().count());
  }
  EXPECT_GT(pauses.size(), 10u);
}

TEST(StopSignal, ends_a_wait_and_every_later_one) {
  StopSignal stop;
  EXPECT_FALSE(stop.wait_for(1ms));
  std::thread other([&] { stop.request(); });
  EXPECT_TRUE(stop.wait_for(30s));
  other.join();
  EXPECT_TRUE(stop.wait_for(0ms));
  EXPECT_TRUE(stop.requested());
}

constexpr const char* kOneLink =
    R"({"links":[{"code":"k7","market_id":"00112233-4455-6677-8899-aabbccddeeff",)"
    R"("location":"https://shop.example/","expires_at":0,"active":true}],"cursor":1,"more":false})";

// An origin with one link that takes clicks; it holds a request for links as the contract says.
struct Origin {
  OriginAnswer operator()(const OriginRequest& request) {
    if (down) return {503, "", false};
    if (request.method == "POST") {
      ++batches;
      return {200, R"({"accepted":1,"duplicates":0})", false};
    }
    if (request.target.starts_with("/edge/links?after=0&")) return {200, kOneLink, false};
    return {200, R"({"links":[],"cursor":1,"more":false})", false};
  }
  std::atomic<bool> down = false;
  std::atomic<int> batches = 0;
};

void spool_one(const std::string& directory) {
  SpoolWriter writer({.directory = directory});
  std::array<char, kMaxClickPayload> buffer{};
  const auto length = encode_click({"0190f1c4-8a9b-7c3d-8e4f-0123456789ab", "k7", "00112233-4455-6677-8899-aabbccddeeff",
                                    1718000000123, VisitVerdict::kHuman}, buffer);
  ASSERT_TRUE(length);
  ASSERT_EQ(writer.append({buffer.data(), *length}, 1718000000123), AppendOutcome::kStored);
}

Agent::Options options(const TestOrigin& origin, const TempDir& dir) {
  return {.origin = origin.url(), .token = "t", .links_directory = dir / "links", .spool_directory = dir.path(),
          .idle_pause = 5ms};
}

bool has_link(const TempDir& dir) {
  auto reader = LinkTableReader::open(dir / "links");
  if (!reader) return false;
  const auto snapshot = reader->snapshot();
  const auto found = snapshot->find("k7");
  return found && found->has_value();
}

template <class Condition>
bool within(std::chrono::seconds limit, Condition condition) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (std::chrono::steady_clock::now() < end) {
    if (condition()) return true;
    std::this_thread::sleep_for(5ms);
  }
  return false;
}

TEST(Agent, once_brings_the_links_and_ships_the_clicks) {
  const TempDir dir;
  Origin behaviour;
  const TestOrigin origin([&](const OriginRequest& request) { return behaviour(request); });
  spool_one(dir.path());
  auto agent = Agent::open(options(origin, dir));
  ASSERT_TRUE(agent) << agent.message();
  EXPECT_TRUE(agent->run_once());
  EXPECT_TRUE(has_link(dir));
  EXPECT_EQ(behaviour.batches, 1);
  behaviour.down = true;
  EXPECT_FALSE(agent->run_once());
}

TEST(Agent, runs_through_an_outage_until_it_is_stopped) {
  const TempDir dir;
  Origin behaviour;
  behaviour.down = true;
  const TestOrigin origin([&](const OriginRequest& request) { return behaviour(request); });
  spool_one(dir.path());
  auto agent = Agent::open(options(origin, dir));
  ASSERT_TRUE(agent) << agent.message();
  bool sound = false;
  std::thread running([&] { sound = agent->run(); });
  EXPECT_TRUE(within(20s, [&] { return origin.requests().size() >= 2; }));
  EXPECT_FALSE(has_link(dir));
  behaviour.down = false;
  EXPECT_TRUE(within(30s, [&] { return has_link(dir) && behaviour.batches == 1; }));
  const auto began = std::chrono::steady_clock::now();
  agent->stop();
  running.join();
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
  EXPECT_TRUE(sound);
}

TEST(Agent, says_which_option_it_cannot_work_with) {
  const TempDir dir;
  const TestOrigin origin([](const OriginRequest&) { return OriginAnswer{}; });
  auto wrong = options(origin, dir);
  wrong.spool_directory = dir / "absent";
  const auto no_spool = Agent::open(wrong);
  ASSERT_FALSE(no_spool);
  EXPECT_NE(no_spool.message().find("absent"), std::string::npos);
  wrong = options(origin, dir);
  wrong.links_directory = dir / "absent/links";
  EXPECT_FALSE(Agent::open(wrong));
  wrong = options(origin, dir);
  wrong.origin = "origin";
  EXPECT_FALSE(Agent::open(wrong));
  auto first = Agent::open(options(origin, dir));
  ASSERT_TRUE(first);
  EXPECT_FALSE(Agent::open(options(origin, dir))) << "a second agent of the same edge";
}

}  // namespace
}  // namespace refedge::edge
