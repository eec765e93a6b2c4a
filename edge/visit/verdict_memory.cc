#include "edge/visit/verdict_memory.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace refedge::edge {
namespace {

std::uint64_t word_at(std::string_view text, std::size_t at) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, text.data() + at, sizeof word);
  return word;
}

// Head and prefetches are told by other things.
bool is_agents_alone(const Visit& visit) noexcept {
  return visit.method != "HEAD" && visit.sec_purpose.empty() && visit.purpose.empty() && visit.x_moz.empty();
}

}  // namespace

// Browsers differ in their middle, where the device is named, and towards the end, where versions are. Who makes up
// agents of one place has them judged each time, as all were without a memory.
VerdictMemory::Entry& VerdictMemory::entry_of(std::string_view agent) noexcept {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15U;  // multiplied by it, every bit reaches the highest ones
  const std::size_t last = agent.size() - sizeof(std::uint64_t);
  std::uint64_t hash = agent.size();
  for (const std::size_t at : {last / 4, last / 2, last / 4 * 3, last}) hash = (hash ^ word_at(agent, at)) * kOdd;
  return entries_[hash >> (64 - std::countr_zero(kEntries))];
}

VisitVerdict VerdictMemory::judge(const Visit& visit) noexcept {
  const std::string_view agent = visit.user_agent;
  if (agent.size() < kMinAgent || agent.size() > kMaxAgent || !is_agents_alone(visit)) return visit_verdict(visit);
  Entry& entry = entry_of(agent);
  if (std::string_view(entry.agent.data(), entry.length) == agent) return entry.verdict;
  entry.verdict = visit_verdict(visit);
  entry.length = static_cast<std::uint8_t>(agent.size());
  std::copy(agent.begin(), agent.end(), entry.agent.begin());
  return entry.verdict;
}

}  // namespace refedge::edge
