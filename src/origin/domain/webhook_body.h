// The body of the "referral confirmed" webhook. Spec: docs/protocol.md#webhook-referral-confirmed.
#pragma once

#include <cstdint>
#include <string>

#include "origin/store/records.h"

namespace refedge::origin {

// webhook_body writes the JSON in the manual's order; counts and amounts are strings, as there. What is not
// known is an empty string. `total_referrals` counts this referral too.
[[nodiscard]] std::string webhook_body(const Campaign& campaign, const Referrer& referrer,
                                       const Conversion& conversion, std::int64_t total_referrals);

}  // namespace refedge::origin
