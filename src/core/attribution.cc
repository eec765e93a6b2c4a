#include "refedge/attribution.h"

#include <string>

#include "core/evidence_words.h"
#include "core/words.h"
#include "refedge/limits.h"
#include "refedge/track.h"

namespace refedge {
namespace {

constexpr std::int64_t kClockSkewSeconds = 300;

struct Case {
  std::string customer_email;  // normalised
  const AttributionRule& rule;
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

std::string_view name_or_unknown(std::string_view words, std::size_t number) noexcept {
  const std::string_view word = word_at(words, number);
  return word.empty() ? "unknown" : word;
}

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
  return name_or_unknown(kEvidenceKindWords, static_cast<std::size_t>(kind));
}

std::string_view evidence_verdict_name(EvidenceVerdict verdict) noexcept {
  return name_or_unknown(kEvidenceVerdictWords, static_cast<std::size_t>(verdict));
}

}  // namespace refedge
