// Tracking: an order becomes a conversion, and a referral when somebody sent its customer.
// Spec: docs/protocol.md#track.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "origin/store/store.h"
#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge::origin {

struct TrackRequest {
  std::span<const Field> fields;        // validate_track accepts them
  std::string_view attribution_header;  // Refedge-Attribution, or empty
  std::int64_t arrived_at = 0;          // Unix seconds; when the order is judged and dated
  std::int64_t now = 0;                 // later than that when an edge kept it
};

struct Tracked {
  bool has_referral = false;  // a referral was created now
  std::string answer;         // JSON
};

// check_track_signature: with a signature it must hold; a market that requires one refuses an order
// without. Errors: those of verify_signature; kMissingField (field "signature").
[[nodiscard]] Result<bool> check_track_signature(const Market& market, std::span<const Field> fields);

// track stores conversion, referral and decision in one transaction. An order that the market has already
// is answered as it was the first time, with "duplicate":true, and nothing is changed.
// Errors: those of check_track_signature; kNotFound (field "campaign").
[[nodiscard]] Result<Tracked> track(Store& store, const Market& market, const TrackRequest& request);

// track_within does the same in a transaction of the caller's, which commits it.
[[nodiscard]] Result<Tracked> track_within(const Transaction& transaction, Store& store, const Market& market,
                                           const TrackRequest& request);

}  // namespace refedge::origin
