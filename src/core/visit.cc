#include "refedge/visit.h"

#include <array>
#include <cstddef>

#include "core/ascii.h"
#include "core/visit_agents.h"

namespace refedge {
namespace {

constexpr std::array<std::string_view, 3> kPrefetchWords = {"prefetch", "prerender", "preview"};

bool starts_with_lower(std::string_view text, std::string_view lower_word) noexcept {
  if (text.size() < lower_word.size()) return false;
  for (std::size_t i = 0; i < lower_word.size(); ++i) {
    if (to_lower(text[i]) != lower_word[i]) return false;
  }
  return true;
}

bool contains_lower(std::string_view text, std::string_view lower_word) noexcept {
  for (; text.size() >= lower_word.size(); text.remove_prefix(1)) {
    if (starts_with_lower(text, lower_word)) return true;
  }
  return false;
}

bool says_prefetch(std::string_view header) noexcept {
  for (const std::string_view word : kPrefetchWords) {
    if (contains_lower(header, word)) return true;
  }
  return false;
}

// The entry of the table that `text` starts with; entries of one bucket stand together.
const AgentWord* match_word(std::string_view text) noexcept {
  if (text.size() < 2) return nullptr;
  const std::size_t bucket = agent_bucket(to_lower(text[0]), to_lower(text[1]));
  for (std::size_t i = kAgentIndex[bucket]; i < kAgentIndex[bucket + 1]; ++i) {
    if (starts_with_lower(text, kAgentWords[i].text)) return &kAgentWords[i];
  }
  return nullptr;
}

// One pass over the header: a redirect has less than a microsecond for everything.
VisitVerdict judge_agent(std::string_view agent) noexcept {
  VisitVerdict verdict = agent.empty() ? VisitVerdict::kBot : VisitVerdict::kHuman;
  while (!agent.empty()) {
    const AgentWord* word = match_word(agent);
    if (word != nullptr && word->verdict == VisitVerdict::kUnfurler) return VisitVerdict::kUnfurler;
    if (word != nullptr && word->verdict == VisitVerdict::kBot) verdict = VisitVerdict::kBot;
    agent.remove_prefix(word != nullptr ? word->text.size() : 1);
  }
  return verdict;
}

}  // namespace

VisitVerdict visit_verdict(const Visit& visit) noexcept {
  if (visit.method == "HEAD") return VisitVerdict::kHead;
  if (says_prefetch(visit.sec_purpose) || says_prefetch(visit.purpose) || says_prefetch(visit.x_moz)) {
    return VisitVerdict::kPrefetch;
  }
  return judge_agent(visit.user_agent);
}

std::string_view visit_verdict_name(VisitVerdict verdict) noexcept {
  switch (verdict) {
    case VisitVerdict::kHuman:
      return "human";
    case VisitVerdict::kBot:
      return "bot";
    case VisitVerdict::kUnfurler:
      return "unfurler";
    case VisitVerdict::kPrefetch:
      return "prefetch";
    case VisitVerdict::kHead:
      return "head";
  }
  return "unknown";
}

}  // namespace refedge
