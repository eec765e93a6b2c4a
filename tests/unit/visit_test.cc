#include "refedge/visit.h"

#include <gtest/gtest.h>

#include <string>

#include "core/ascii.h"
#include "core/visit_agents.h"

namespace refedge {
namespace {

VisitVerdict judge(std::string_view user_agent) { return visit_verdict({"GET", user_agent, {}, {}, {}}); }

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = is_lower(c) ? static_cast<char>(c - 32) : c;
  return out;
}

// A word that another hides is found by the text around it as well.
TEST(Visit, every_word_of_the_table_is_found_anywhere_in_any_case) {
  for (const AgentWord& word : kAgentWords) {
    EXPECT_EQ(judge(word.text), word.verdict) << word.text;
    EXPECT_EQ(judge("Mozilla/5.0 (" + upper(word.text) + ") Safari"), word.verdict) << word.text;
  }
}

TEST(Visit, the_words_are_in_lower_case_and_long_enough) {
  for (const AgentWord& word : kAgentWords) {
    EXPECT_GE(word.text.size(), 3U);
    for (const char c : word.text) EXPECT_FALSE(is_upper(c)) << word.text;
  }
}

TEST(Visit, the_index_covers_every_word) {
  EXPECT_EQ(kAgentIndex[0], 0);
  EXPECT_EQ(kAgentIndex[kNumAgentBuckets], kAgentWords.size());
  for (std::size_t i = 0; i < kAgentWords.size(); ++i) {
    const std::size_t bucket = agent_bucket(kAgentWords[i].text);
    EXPECT_GE(i, kAgentIndex[bucket]);
    EXPECT_LT(i, kAgentIndex[bucket + 1]);
  }
}

TEST(Visit, a_word_cut_short_is_not_found) {
  EXPECT_EQ(judge("b"), VisitVerdict::kHuman);
  EXPECT_EQ(judge("bo"), VisitVerdict::kHuman);
  EXPECT_EQ(judge("Mozilla/5.0 bo"), VisitVerdict::kHuman);
  EXPECT_EQ(judge("whatsap"), VisitVerdict::kHuman);
}

TEST(Visit, the_method_comes_first_and_the_purpose_second) {
  EXPECT_EQ(visit_verdict({"HEAD", "WhatsApp/2", "prefetch", {}, {}}), VisitVerdict::kHead);
  EXPECT_EQ(visit_verdict({"GET", "WhatsApp/2", "PREFETCH", {}, {}}), VisitVerdict::kPrefetch);
  EXPECT_EQ(visit_verdict({"head", "Mozilla/5.0", {}, {}, {}}), VisitVerdict::kHuman);
}

TEST(Visit, names_are_fixed) {
  EXPECT_EQ(visit_verdict_name(VisitVerdict::kHuman), "human");
  EXPECT_EQ(visit_verdict_name(VisitVerdict::kBot), "bot");
  EXPECT_EQ(visit_verdict_name(VisitVerdict::kUnfurler), "unfurler");
  EXPECT_EQ(visit_verdict_name(VisitVerdict::kPrefetch), "prefetch");
  EXPECT_EQ(visit_verdict_name(VisitVerdict::kHead), "head");
  EXPECT_EQ(visit_verdict_name(static_cast<VisitVerdict>(99)), "unknown");
}

}  // namespace
}  // namespace refedge
