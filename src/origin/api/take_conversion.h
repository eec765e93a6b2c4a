// An order on its way into the store, from a browser or from an edge that kept it. Spec:
// docs/protocol.md#track.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "origin/api/context.h"
#include "origin/api/request.h"
#include "origin/domain/tracking.h"

namespace refedge::origin {

struct ArrivedOrder {
  std::string_view body;         // one JSON object
  std::string_view attribution;  // Refedge-Attribution, or empty
  std::int64_t arrived_at = 0;   // Unix seconds
};

struct TakenConversion {
  Response response;          // 201, 200 or 422
  std::string market_domain;  // empty: the body names no market of ours
  bool has_referral = false;  // a referral was created now: a change to tell when it is committed
};

// How a conversion is stored: track(), or track_within() a transaction of the caller's.
using StoreOrder = std::function<Result<Tracked>(const Market& market, const TrackRequest& request)>;

[[nodiscard]] TakenConversion take_conversion(Context& context, const ArrivedOrder& order,
                                              const StoreOrder& store_order);

}  // namespace refedge::origin
