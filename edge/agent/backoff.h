// How long to wait after a failure: doubling, with jitter, so that a fleet of edges does not return in step.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace refedge::edge {

class Backoff {
 public:
  static constexpr std::chrono::milliseconds kFirst{500};
  static constexpr std::chrono::milliseconds kLongest{30'000};

  explicit Backoff(std::uint32_t seed) : random_(seed) {}

  // next gives the pause before the next try: between half and all of 500 ms, 1 s, 2 s, ... up to 30 s.
  [[nodiscard]] std::chrono::milliseconds next();

  // reset starts again at the first pause, after a success.
  void reset() { ceiling_ = kFirst; }

 private:
  std::chrono::milliseconds ceiling_ = kFirst;
  std::mt19937 random_;
};

}  // namespace refedge::edge
