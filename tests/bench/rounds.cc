#include "tests/bench/rounds.h"

#include <time.h>

#include <algorithm>
#include <cstddef>

namespace refedge::bench {
namespace {

constexpr double kTurnNanoseconds = 10e6;

volatile std::size_t g_sink = 0;

// The thread's own time: what others do on the machine meanwhile is not ours to measure.
double now_ns() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

double time_calls(const std::function<std::string()>& call, long num_calls) {
  const double start = now_ns();
  for (long i = 0; i < num_calls; ++i) g_sink = g_sink + call().size();
  return (now_ns() - start) / static_cast<double>(num_calls);
}

// Enough calls for a turn to last about kTurnNanoseconds; finding the number warms the side up.
long calls_for_a_turn(const std::function<std::string()>& call) {
  long num_calls = 64;
  for (;; num_calls *= 2) {
    const double duration = time_calls(call, num_calls) * static_cast<double>(num_calls);
    if (duration >= kTurnNanoseconds) return num_calls;
  }
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

Row run_contest(const Contest& contest, int num_rounds) {
  const long our_calls = calls_for_a_turn(contest.ours);
  const long their_calls = calls_for_a_turn(contest.theirs);
  std::vector<double> ours;
  std::vector<double> theirs;
  std::vector<double> ratios;
  for (int round = 0; round < num_rounds; ++round) {
    const bool we_start = round % 2 == 0;
    if (we_start) ours.push_back(time_calls(contest.ours, our_calls));
    theirs.push_back(time_calls(contest.theirs, their_calls));
    if (!we_start) ours.push_back(time_calls(contest.ours, our_calls));
    ratios.push_back(theirs.back() / ours.back());
  }
  const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
  return {contest.name, contest.peer, median(ours), median(theirs), *least, median(ratios), *most};
}

}  // namespace refedge::bench
