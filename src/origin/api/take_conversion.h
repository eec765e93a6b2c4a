// An order on its way into the store, from a browser or from an edge that kept it. Spec: docs/protocol.md#track.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "origin/api/context.h"
#include "origin/api/request.h"

namespace refedge::origin {

struct ArrivedOrder {
  std::string_view body;         // one JSON object
  std::string_view attribution;  // Refedge-Attribution, or empty
  std::int64_t arrived_at = 0;   // Unix seconds
};

struct TakenConversion {
  Response response;          // 201, 200 or 422; what it tells is durable
  std::string market_domain;  // empty: the body names no market of ours
};

[[nodiscard]] TakenConversion take_conversion(Context& context, const ArrivedOrder& order);

}  // namespace refedge::origin
