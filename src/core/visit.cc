#include "refedge/visit.h"

#include <cstddef>
#include <iterator>

#include "core/ascii.h"
#include "core/visit_agents.h"
#include "core/visit_words.h"
#include "core/words.h"

namespace refedge {
namespace {

constexpr std::string_view kPrefetchWords[] = {"prefetch", "prerender", "preview"};

constexpr auto kTable = pack_agents<packed_size(kAgentWords)>(kAgentWords);
static_assert(kTable.begin[32] == kTable.packed.size(), "the words are not in their order");

bool starts_with_lower(std::string_view text, std::string_view lower_word) noexcept {
  if (text.size() < lower_word.size()) return false;
  for (std::size_t i = 0; i < lower_word.size(); ++i) {
    if (to_lower(text[i]) != lower_word[i]) return false;
  }
  return true;
}

template <std::size_t N>
bool says_one_of(std::string_view text, const std::string_view (&lower_words)[N]) noexcept {
  for (; !text.empty(); text.remove_prefix(1)) {
    for (const std::string_view word : lower_words) {
      if (starts_with_lower(text, word)) return true;
    }
  }
  return false;
}

// Programs that open pages have said Mozilla for thirty years, but for a few; those that fetch them mostly do
// not.
bool is_browser(std::string_view agent) noexcept {
  return starts_with_lower(agent, "mozilla/") || says_one_of(agent, kBrowserWords);
}

// The kind of the word whose anchor is at `at`, as a bit.
unsigned match_word(std::string_view agent, std::size_t at) noexcept {
  const unsigned first = fold_agent(agent[at]);
  const std::string_view packed(kTable.packed.data(), kTable.packed.size());
  for (std::size_t i = kTable.begin[first]; i < kTable.begin[first + 1];) {
    const unsigned head = static_cast<unsigned char>(packed[i]);
    const auto anchor = static_cast<std::size_t>(packed[i + 1]);
    const std::string_view word = packed.substr(i + 2, head & 63);
    if (at >= anchor && starts_with_lower(agent.substr(at - anchor), word)) return 1U << (head >> 6);
    i += 2 + word.size();
  }
  return 0;
}

// One pass over the header: a redirect has less than a microsecond for everything.
unsigned kinds_in(std::string_view agent) noexcept {
  unsigned kinds = 0;
  unsigned first = agent.empty() ? 0 : fold_agent(agent[0]);
  for (std::size_t i = 1; i < agent.size(); ++i) {
    const unsigned second = fold_agent(agent[i]);
    if ((kTable.seconds[first] >> second & 1) != 0) kinds |= match_word(agent, i - 1);
    first = second;
  }
  return kinds;
}

constexpr unsigned bit_of(AgentKind kind) noexcept { return 1U << static_cast<unsigned>(kind); }

VisitVerdict judge_agent(std::string_view agent) noexcept {
  const unsigned kinds = kinds_in(agent);
  if ((kinds & bit_of(AgentKind::kUnfurler)) != 0) return VisitVerdict::kUnfurler;
  if (!is_browser(agent))
    return (kinds & bit_of(AgentKind::kApp)) != 0 ? VisitVerdict::kUnfurler : VisitVerdict::kBot;
  return (kinds & bit_of(AgentKind::kBot)) != 0 ? VisitVerdict::kBot : VisitVerdict::kHuman;
}

}  // namespace

VisitVerdict visit_verdict(const Visit& visit) noexcept {
  if (visit.method == "HEAD") return VisitVerdict::kHead;
  for (const std::string_view header : {visit.sec_purpose, visit.purpose, visit.x_moz}) {
    if (says_one_of(header, kPrefetchWords)) return VisitVerdict::kPrefetch;
  }
  return judge_agent(visit.user_agent);
}

std::string_view visit_verdict_name(VisitVerdict verdict) noexcept {
  const std::string_view name =
      word_at("human bot unfurler prefetch head", static_cast<std::size_t>(verdict));
  return name.empty() ? "unknown" : name;
}

}  // namespace refedge
