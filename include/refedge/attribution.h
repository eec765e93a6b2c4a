// Attribution: who referred a conversion, decided from the evidence alone.
// Spec: docs/protocol.md#attribution.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "refedge/result.h"

namespace refedge {

inline constexpr std::uint32_t kAttributionRuleVersion = 1;

// Strongest first; the numbers are stored and append-only.
enum class EvidenceKind : std::uint8_t {
  kVoucherCode = 1,
  kEdgeCookie = 2,
  kBrowserCookie = 3,
  kPayloadRef = 4,
  kReferrerEmail = 5,
};

// One piece of evidence, resolved by the host: which referrer it points to, and when it was made.
struct Evidence {
  EvidenceKind kind = EvidenceKind::kPayloadRef;
  std::string_view referrer_id;         // empty: it points to nobody that this campaign knows
  std::string_view referrer_email;      // for the self-referral rule; may be empty
  std::optional<std::int64_t> seen_at;  // Unix seconds; none: undated, the window does not apply
};

enum class ClickRule : std::uint8_t { kLastClick = 1, kFirstClick = 2 };

struct AttributionRule {
  ClickRule click = ClickRule::kLastClick;
  std::int64_t window_seconds = 30LL * 86400;
};

// Why a piece of evidence won or lost; the numbers are stored and append-only.
enum class EvidenceVerdict : std::uint8_t {
  kWon = 1,
  kUnknownReferrer = 2,  // points to nobody
  kOutsideWindow = 3,    // older than the window
  kInTheFuture = 4,      // dated more than five minutes after the conversion
  kSelfReferral = 5,     // the referrer is the customer
  kWeakerKind = 6,       // a stronger kind of evidence won
  kOtherClickWon = 7,    // same kind; last click (or first click) chose another
};

struct AttributionDecision {
  std::optional<std::size_t> winner;      // index into the evidence, none: not a referral
  std::vector<EvidenceVerdict> verdicts;  // one for each piece of evidence, in its order
  std::uint32_t rule_version = kAttributionRuleVersion;
};

// attribute decides which piece of evidence wins. Among the pieces that are admissible the strongest
// kind wins, and within a kind the latest (last click) or the earliest (first click); undated pieces
// count as oldest under last click and as latest under first click; a tie goes to the earlier index.
// `customer_email` is compared after trimming and ASCII lower-casing. Pure: `now` is Unix seconds.
// Errors: kTooMany (field "evidence") over kMaxEvidence; kInvalidField (field "window" or
// "now") below 0.
[[nodiscard]] Result<AttributionDecision> attribute(std::span<const Evidence> evidence,
                                                    std::string_view customer_email,
                                                    const AttributionRule& rule, std::int64_t now);

// evidence_kind_name and evidence_verdict_name give the snake_case names used in JSON ("edge_cookie").
[[nodiscard]] std::string_view evidence_kind_name(EvidenceKind kind) noexcept;
[[nodiscard]] std::string_view evidence_verdict_name(EvidenceVerdict verdict) noexcept;

}  // namespace refedge
