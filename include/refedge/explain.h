// Explanations: why a conversion went to one referrer and not to another, for the support desk.
// Spec: docs/protocol.md#explanations.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "refedge/attribution.h"
#include "refedge/result.h"

namespace refedge {

// explain_decision writes a decision as one canonical JSON object:
//   {"rule":{"version":1,"click":"last_click","window_seconds":2592000},"decided_at":1700000000,
//    "referrer_id":"r1","reason":"won","why":"...","evidence":[{"kind":"edge_cookie",
//    "seen_at":1699999999,"referrer_id":"r1","verdict":"won","why":"..."}]}
// `referrer_id` is null where there is none, `seen_at` for an undated piece. `reason` is "won", the verdict
// on the strongest piece where nobody won, or "no_evidence". The same input gives the same bytes. E-mail
// addresses are never written: `referrer_email` is not read, and an id with an '@' is refused.
// `decision` may be a stored one: it is explained, not decided again. `now` is when it was decided, Unix seconds.
// Errors: kTooMany (field "evidence") over kMaxEvidence; kInvalidField (field "decision") when the verdicts
// are not one for each piece, or are not won by exactly the winner; kInvalidField, kInvalidUtf8, and kTooLong
// over kMaxReferrerIdLength (field "evidence[2].referrer_id").
[[nodiscard]] Result<std::string> explain_decision(std::span<const Evidence> evidence,
                                                   const AttributionDecision& decision,
                                                   const AttributionRule& rule, std::int64_t now);

}  // namespace refedge
