// What an agent has done since it started. Written by its threads, read by whoever asks for the metrics.
#pragma once

#include <atomic>
#include <cstdint>

namespace refedge::edge {

struct AgentCounts {
  using Count = std::atomic<std::uint64_t>;

  std::atomic<bool> links_complete{false};  // the feed was read to its end once
  Count link_cursor{0};
  Count links_stored{0};
  Count links_refused{0};
  Count link_failures{0};
  Count feed_restarts{0};  // the origin's cursor was below ours
  Count clicks_delivered{0};
  Count clicks_rejected{0};
  Count conversions_delivered{0};
  Count conversions_rejected{0};
  Count conversions_waiting{0};
  Count delivery_failures{0};
  Count damaged_segments{0};
};

}  // namespace refedge::edge
