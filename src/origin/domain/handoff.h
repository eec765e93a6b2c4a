// A referral for another registrable domain. Spec: docs/protocol.md#handoff.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "origin/store/store.h"

namespace refedge::origin {

// hand_off signs what `attribution`, an edge's cookie, says. nullopt where its tag does not hold for the
// market: what anybody can write is not signed.
[[nodiscard]] std::optional<std::string> hand_off(Store& store, std::string_view market_id,
                                                  std::string_view attribution, std::int64_t now);

}  // namespace refedge::origin
