// Interleaved rounds of two programs that do the same.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace refedge::bench {

// One operation as both sides do it. Each call returns what it made, so that no compiler drops it and
// both can be compared.
struct Contest {
  std::string name;
  std::string peer;
  std::function<std::string()> ours;
  std::function<std::string()> theirs;
};

// Medians over all rounds, in nanoseconds a call; `ratio` is theirs / ours of each round: above 1 we are
// faster.
struct Row {
  std::string name;
  std::string peer;
  double ours_ns = 0;
  double theirs_ns = 0;
  double ratio_min = 0;
  double ratio_median = 0;
  double ratio_max = 0;
};

// run_contest runs both sides in turn, `num_rounds` times; who starts alternates. The machine is noisy, but
// what slows one side of a round slows the other.
[[nodiscard]] Row run_contest(const Contest& contest, int num_rounds);

}  // namespace refedge::bench
