// What is remembered of user agents must be what would be judged: all real requests, in any order.
#include "edge/visit/verdict_memory.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "tests/unit/visit_requests.h"

namespace refedge::edge {
namespace {

constexpr std::string_view kPhone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
    "Mobile/15E148 Safari/604.1";

Visit visit_of(std::string_view agent) { return {"GET", agent, {}, {}, {}}; }

TEST(VerdictMemory, gives_what_would_be_judged_whatever_it_saw_before) {
  const auto requests = refedge::testing::read_visit_requests();
  ASSERT_EQ(requests.size(), refedge::testing::kNumVisits);
  VerdictMemory memory;
  std::minstd_rand random(1);
  for (int i = 0; i < 200'000; ++i) {
    // A few come often, so that some are remembered.
    const auto& request = requests[i % 2 == 0 ? random() % 8 : random() % requests.size()];
    ASSERT_EQ(memory.judge(request.visit()), visit_verdict(request.visit())) << request.user_agent;
  }
}

// The same agent as a person's, a program's and a browser's that looks ahead.
TEST(VerdictMemory, remembers_what_the_agent_alone_decides) {
  VerdictMemory memory;
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(memory.judge(visit_of(kPhone)), VisitVerdict::kHuman);
    EXPECT_EQ(memory.judge({"HEAD", kPhone, {}, {}, {}}), VisitVerdict::kHead);
    EXPECT_EQ(memory.judge({"GET", kPhone, "prefetch", {}, {}}), VisitVerdict::kPrefetch);
    EXPECT_EQ(memory.judge({"GET", kPhone, {}, "preview", {}}), VisitVerdict::kPrefetch);
    EXPECT_EQ(memory.judge({"GET", kPhone, {}, {}, "prefetch"}), VisitVerdict::kPrefetch);
  }
}

// One byte anywhere makes another agent, though most of those are of the same place.
TEST(VerdictMemory, knows_an_agent_by_all_of_its_bytes) {
  VerdictMemory memory;
  for (std::size_t at = 0; at + 3 <= kPhone.size(); ++at) {
    std::string agent(kPhone);
    EXPECT_EQ(memory.judge(visit_of(agent)), VisitVerdict::kHuman);
    agent.replace(at, 3, "bot");
    EXPECT_EQ(memory.judge(visit_of(agent)), visit_verdict(visit_of(agent))) << agent;
  }
}

TEST(VerdictMemory, judges_agents_of_any_length) {
  VerdictMemory memory;
  for (std::size_t length = 0; length <= 2 * VerdictMemory::kMaxAgent; ++length) {
    std::string agent("Mozilla/5.0 ");
    agent.resize(length, 'x');
    for (int i = 0; i < 2; ++i)
      EXPECT_EQ(memory.judge(visit_of(agent)), visit_verdict(visit_of(agent))) << length;
    if (length >= 15) agent.replace(length - 3, 3, "bot");
    for (int i = 0; i < 2; ++i)
      EXPECT_EQ(memory.judge(visit_of(agent)), visit_verdict(visit_of(agent))) << length;
  }
}

}  // namespace
}  // namespace refedge::edge
