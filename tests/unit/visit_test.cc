#include "refedge/visit.h"

#include <gtest/gtest.h>

#include <iterator>
#include <string>

#include "core/ascii.h"
#include "core/visit_agents.h"
#include "core/visit_words.h"

namespace refedge {
namespace {

VisitVerdict judge(std::string_view user_agent) { return visit_verdict({"GET", user_agent, {}, {}, {}}); }

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = is_lower(c) ? static_cast<char>(c - 32) : c;
  return out;
}

std::string in_a_browser(std::string_view word) {
  return "Mozilla/5.0 (X11) " + std::string(word) + " AppleWebKit/537.36";
}

VisitVerdict verdict_in_a_browser(const AgentWord& word) {
  if (word.kind == AgentKind::kUnfurler) return VisitVerdict::kUnfurler;
  return word.kind == AgentKind::kBot ? VisitVerdict::kBot : VisitVerdict::kHuman;
}

TEST(Visit, every_word_of_the_table_is_found_anywhere_in_any_case) {
  for (const AgentWord& word : kAgentWords) {
    const std::string agent = in_a_browser(word.text);
    EXPECT_EQ(judge(agent), verdict_in_a_browser(word)) << agent;
    EXPECT_EQ(judge(upper(agent)), verdict_in_a_browser(word)) << agent;
    EXPECT_EQ(judge("Mozilla/" + std::string(word.text)), verdict_in_a_browser(word)) << word.text;
  }
}

TEST(Visit, a_word_is_found_at_both_ends) {
  EXPECT_EQ(judge("bot Mozilla/5.0 AppleWebKit"), VisitVerdict::kBot);
  EXPECT_EQ(judge("AppleWebKit bot"), VisitVerdict::kBot);
  EXPECT_EQ(judge("AppleWebKit bo"), VisitVerdict::kHuman);
  EXPECT_EQ(judge("ot Mozilla/5.0 AppleWebKit"), VisitVerdict::kHuman);
}

TEST(Visit, the_words_are_in_lower_case_and_their_anchors_in_them) {
  for (const AgentWord& word : kAgentWords) {
    EXPECT_GE(word.text.size(), 3U);
    EXPECT_LT(word.anchor + 1U, word.text.size()) << word.text;
    for (const char c : word.text) EXPECT_FALSE(is_upper(c)) << word.text;
  }
}

// Of two words at one anchor the first counts: a longer one must not stand behind its own part.
TEST(Visit, no_word_stands_behind_one_that_hides_it) {
  for (std::size_t i = 0; i < std::size(kAgentWords); ++i) {
    for (std::size_t k = 0; k < i; ++k) EXPECT_NE(kAgentWords[i].text, kAgentWords[k].text);
  }
}

TEST(Visit, what_says_that_it_is_no_browser_is_a_program) {
  for (const char* agent :
       {"", "b", "bo", "curl/8.5.0", "Dalvik/2.1.0 (Linux; U; Android 9)", "Mozilla", "mozilla 5.0"}) {
    EXPECT_EQ(judge(agent), VisitVerdict::kBot) << agent;
  }
  for (const std::string_view word : kBrowserWords) EXPECT_EQ(judge(word), VisitVerdict::kHuman) << word;
  EXPECT_EQ(judge("MOZILLA/5.0"), VisitVerdict::kHuman);
}

TEST(Visit, an_application_makes_previews_unless_it_shows_pages) {
  EXPECT_EQ(judge("WhatsApp/2.23.20.0 A"), VisitVerdict::kUnfurler);
  EXPECT_EQ(judge("Mozilla/5.0 (Linux; Android 7.1.2; wv) AppleWebKit/537.36 Viber/11.9.5.8"),
            VisitVerdict::kHuman);
}

TEST(Visit, a_hidden_word_does_not_hide_another) {
  EXPECT_EQ(judge("Mozilla/5.0 (CUBOT_X19)"), VisitVerdict::kHuman);
  EXPECT_EQ(judge("Mozilla/5.0 (CUBOT_X19; Examplebot)"), VisitVerdict::kBot);
  EXPECT_EQ(judge("Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2)"), VisitVerdict::kHuman);
  EXPECT_EQ(judge("Mozilla/5.0 (compatible; MSIE 10.0) (compatible; x)"), VisitVerdict::kBot);
}

TEST(Visit, bytes_of_any_kind_are_harmless) {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  EXPECT_EQ(judge(all), VisitVerdict::kBot);
  EXPECT_EQ(judge("Mozilla/" + all + all), VisitVerdict::kHuman);
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
