// The visit verdicts of the user agents that a worker saw lately: most visits come from a few of them, and judging one
// takes longer than any other part of a redirect but the cookie's tag.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "refedge/visit.h"

namespace refedge::edge {

// One thread's.
class VerdictMemory {
 public:
  // A shorter or longer user agent is judged each time.
  static constexpr std::size_t kMinAgent = 16;   // bytes
  static constexpr std::size_t kMaxAgent = 254;

  // judge gives visit_verdict(visit), any visit. Only what the user agent alone decides is remembered, by all of its
  // bytes; method and headers are looked at each time.
  [[nodiscard]] VisitVerdict judge(const Visit& visit) noexcept;

 private:
  // An agent's place is told by a few of its bytes. Two of the same place take turns.
  struct Entry {
    std::uint8_t length;  // 0: nobody
    VisitVerdict verdict;
    std::array<char, kMaxAgent> agent;
  };
  static constexpr std::size_t kEntries = 64;

  [[nodiscard]] Entry& entry_of(std::string_view agent) noexcept;

  std::array<Entry, kEntries> entries_{};
};

}  // namespace refedge::edge
