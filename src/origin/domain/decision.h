// The decision: which campaign and which referrer a conversion belongs to. The core's attribute() decides;
// this lays the evidence before it. Spec: docs/protocol.md#attribution and #track.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "origin/domain/evidence.h"
#include "origin/store/store.h"
#include "refedge/attribution.h"

namespace refedge::origin {

struct Decision {
  std::optional<Campaign> campaign;  // none: the evidence names no campaign
  AttributionRule rule;
  AttributionDecision outcome;  // winner: an index into the pieces
};

// decide judges `pieces` under the rule of the campaign `named` or, without one, under that of the
// strongest piece's campaign, then of the next one's, until a campaign has a winner. Pieces of other
// campaigns point to nobody.
[[nodiscard]] Decision decide(Store& store, std::string_view market_id, const std::optional<Campaign>& named,
                              std::span<const EvidencePiece> pieces, std::string_view customer_email,
                              std::int64_t now);

// decision_reason says why there is no referral: the verdict on the strongest piece, or "no_evidence".
[[nodiscard]] std::string_view decision_reason(const Decision& decision);

// decision_json writes what is stored: campaign, rule, evidence with verdicts, winner. It holds codes and
// ids, no e-mail address.
[[nodiscard]] std::string decision_json(const Decision& decision, std::span<const EvidencePiece> pieces);

}  // namespace refedge::origin
