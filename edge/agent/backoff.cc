#include "edge/agent/backoff.h"

#include <algorithm>

namespace refedge::edge {

std::chrono::milliseconds Backoff::next() {
  std::uniform_int_distribution<std::int64_t> jitter(ceiling_.count() / 2, ceiling_.count());
  const std::chrono::milliseconds pause(jitter(random_));
  ceiling_ = std::min(ceiling_ * 2, kLongest);
  return pause;
}

}  // namespace refedge::edge
