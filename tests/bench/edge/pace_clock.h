// Time, and an end to a run that cannot go on.
#pragma once

#include <time.h>

#include <cstdint>

namespace refedge::bench {

[[nodiscard]] inline std::int64_t now_ns() noexcept {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

// require ends the program with `otherwise` on standard error unless `holds`.
void require(bool holds, const char* otherwise);

}  // namespace refedge::bench
