// Evidence: what an order says about who sent its customer, resolved against the market's own links.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "origin/store/store.h"
#include "refedge/attribution.h"
#include "refedge/json_writer.h"

namespace refedge::origin {

// One piece. What does not verify or points to nobody is kept too, so that a decision can be explained.
struct EvidencePiece {
  EvidenceKind kind = EvidenceKind::kPayloadRef;
  std::string code;      // empty when the piece holds none
  std::string click_id;  // of the edge's cookie
  std::optional<std::int64_t> seen_at;
  std::string problem;   // errc_name of why it says nothing; empty: it is sound
  std::string campaign;  // of the link that the code names; empty: no such link here
  std::string referrer_id;
  std::string referrer_email;
};

// gather_evidence returns the pieces of a valid track payload and of the Refedge-Attribution header,
// strongest kind first. Voucher codes that are no share-link code of this market are the shop's own and no
// evidence; at most kMaxEvidence pieces are kept. A code of another market points to nobody.
[[nodiscard]] std::vector<EvidencePiece> gather_evidence(Store& store, std::string_view market_id,
                                                         std::span<const Field> fields,
                                                         std::string_view attribution_header);

}  // namespace refedge::origin
