// What the deliveries of clicks and of conversions share.
#pragma once

#include <string>
#include <string_view>

#include "edge/agent/agent_counts.h"
#include "edge/agent/http_client.h"
#include "edge/agent/rejected_records.h"

namespace refedge::edge {

enum class ShipOutcome {
  kIdle,     // there was nothing to do
  kShipped,  // the origin has answered for something
  kFailed,   // nothing was given up; the reason is in the log
};

inline constexpr long kStatusUnauthorized = 401;
inline constexpr long kStatusTooLarge = 413;
inline constexpr long kStatusRefused = 422;

struct Delivery {
  HttpClient& http;
  RejectedRecords& rejected;
  AgentCounts& counts;
};

}  // namespace refedge::edge
