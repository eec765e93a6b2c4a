#include "refedge/attribution.h"

#include <array>
#include <string>

#include "refedge/limits.h"
#include "refedge/track.h"

namespace refedge {
namespace {

constexpr std::int64_t kClockSkewSeconds = 300;

struct Case {
  std::string customer_email;  // normalised
  AttributionRule rule;
  std::int64_t now;
};

// With `now` and the window at least 0 none of these differences overflows, whatever the date.
bool is_outside_window(std::int64_t seen_at, const Case& order) noexcept {
  return seen_at < order.now - order.rule.window_seconds;
}

bool is_in_the_future(std::int64_t seen_at, const Case& order) noexcept {
  return seen_at > order.now && seen_at - order.now > kClockSkewSeconds;
}

bool is_self_referral(const Evidence& piece, const Case& order) {
  return !piece.referrer_email.empty() && normalise_email(piece.referrer_email) == order.customer_email;
}

// kWon stands for "admissible" until the winner is known.
EvidenceVerdict judge(const Evidence& piece, const Case& order) {
  if (piece.referrer_id.empty()) return EvidenceVerdict::kUnknownReferrer;
  if (piece.seen_at && is_outside_window(*piece.seen_at, order)) return EvidenceVerdict::kOutsideWindow;
  if (piece.seen_at && is_in_the_future(*piece.seen_at, order)) return EvidenceVerdict::kInTheFuture;
  if (is_self_referral(piece, order)) return EvidenceVerdict::kSelfReferral;
  return EvidenceVerdict::kWon;
}

// Whether `a` beats `b`, which stands before it: a tie does not.
bool beats(const Evidence& a, const Evidence& b, ClickRule click) noexcept {
  if (a.kind != b.kind) return a.kind < b.kind;
  if (!a.seen_at || !b.seen_at) return a.seen_at.has_value() && !b.seen_at.has_value();
  return click == ClickRule::kLastClick ? *a.seen_at > *b.seen_at : *a.seen_at < *b.seen_at;
}

void choose_winner(std::span<const Evidence> evidence, ClickRule click, AttributionDecision& decision) {
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    if (decision.verdicts[i] != EvidenceVerdict::kWon) continue;
    if (!decision.winner || beats(evidence[i], evidence[*decision.winner], click)) decision.winner = i;
  }
}

void explain_losers(std::span<const Evidence> evidence, AttributionDecision& decision) {
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    if (decision.verdicts[i] != EvidenceVerdict::kWon || i == *decision.winner) continue;
    const bool is_same_kind = evidence[i].kind == evidence[*decision.winner].kind;
    decision.verdicts[i] = is_same_kind ? EvidenceVerdict::kOtherClickWon : EvidenceVerdict::kWeakerKind;
  }
}

constexpr std::array<std::string_view, 6> kKindNames = {"unknown",        "voucher_code", "edge_cookie",
                                                        "browser_cookie", "payload_ref",  "referrer_email"};

constexpr std::array<std::string_view, 8> kVerdictNames = {
    "unknown",       "won",           "unknown_referrer", "outside_window",
    "in_the_future", "self_referral", "weaker_kind",      "other_click_won"};

}  // namespace

Result<AttributionDecision> attribute(std::span<const Evidence> evidence, std::string_view customer_email,
                                      const AttributionRule& rule, std::int64_t now) {
  if (evidence.size() > kMaxEvidence) return {Errc::kTooMany, "evidence"};
  if (rule.window_seconds < 0) return {Errc::kInvalidField, "window"};
  if (now < 0) return {Errc::kInvalidField, "now"};
  const Case order = {normalise_email(customer_email), rule, now};
  AttributionDecision decision;
  decision.verdicts.reserve(evidence.size());
  for (const Evidence& piece : evidence) decision.verdicts.push_back(judge(piece, order));
  choose_winner(evidence, rule.click, decision);
  if (decision.winner) explain_losers(evidence, decision);
  return decision;
}

std::string_view evidence_kind_name(EvidenceKind kind) noexcept {
  const auto index = static_cast<std::size_t>(kind);
  return kKindNames[index < kKindNames.size() ? index : 0];
}

std::string_view evidence_verdict_name(EvidenceVerdict verdict) noexcept {
  const auto index = static_cast<std::size_t>(verdict);
  return kVerdictNames[index < kVerdictNames.size() ? index : 0];
}

}  // namespace refedge
