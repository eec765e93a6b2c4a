// The operations of c_api.h that judge a conversion: who referred it, why, and whether it looks like fraud.
#include "capi/operation.h"
#include "core/evidence_words.h"
#include "refedge/attribution.h"
#include "refedge/c_api.h"
#include "refedge/explain.h"
#include "refedge/fraud.h"

namespace refedge::capi {
namespace {

AttributionRule read_rule(Call& call, std::size_t i) {
  const bool is_first = call.choice(i, "click_rule", "last_click first_click") == 2;
  return {is_first ? ClickRule::kFirstClick : ClickRule::kLastClick, call.number(i + 1, "window_seconds")};
}

// Kind and referrer stand at `i`, the time at `seen_at`.
Evidence read_evidence(Call& call, std::size_t i, std::string_view referrer_email, std::size_t seen_at) {
  Evidence piece = {
      static_cast<EvidenceKind>(call.choice(i, "kind", kEvidenceKindWords)), call[i + 1], referrer_email, {}};
  if (!call[seen_at].empty()) piece.seen_at = call.number(seen_at, "seen_at");
  return piece;
}

void run_attribute(Call& call) {
  const AttributionRule rule = read_rule(call, 1);
  const std::int64_t now = call.number(3, "now");
  std::vector<Evidence> evidence;
  for (std::size_t i = 4; i < call.size(); i += 4)
    evidence.push_back(read_evidence(call, i, call[i + 2], i + 3));
  if (call.has_failed()) return;
  const auto decision = attribute(evidence, call[0], rule, now);
  if (!call.check(decision)) return;
  if (decision->winner) {
    call.put_number(static_cast<std::int64_t>(*decision->winner));
  } else {
    call.put({});
  }
  call.put_number(decision->rule_version);
  for (const auto verdict : decision->verdicts) call.put(evidence_verdict_name(verdict));
}

void run_explain_decision(Call& call) {
  AttributionDecision decision;
  const AttributionRule rule = read_rule(call, 0);
  const std::int64_t decided_at = call.number(2, "decided_at");
  decision.rule_version = static_cast<std::uint32_t>(call.number(3, "rule_version", UINT32_MAX));
  std::vector<Evidence> evidence;
  for (std::size_t i = 4; i < call.size(); i += 4) {
    const auto verdict = static_cast<EvidenceVerdict>(call.choice(i + 3, "verdict", kEvidenceVerdictWords));
    if (verdict == EvidenceVerdict::kWon) decision.winner = evidence.size();
    decision.verdicts.push_back(verdict);
    evidence.push_back(read_evidence(call, i, {}, i + 2));
  }
  if (!call.has_failed()) call.answer(explain_decision(evidence, decision, rule, decided_at));
}

FraudParty read_party(const std::string_view* fields) {
  return {fields[0], fields[1], fields[2], fields[3], fields[4]};
}

void run_build_fraud_report(Call& call) {
  call.answer_text(build_fraud_report(find_fraud_flags(read_party(&call[0]), read_party(&call[5]))));
}

}  // namespace

REFEDGE_OPERATION(attribute, 4, 4, run_attribute)
REFEDGE_OPERATION(explain_decision, 4, 4, run_explain_decision)
REFEDGE_OPERATION(build_fraud_report, 10, 0, run_build_fraud_report)

}  // namespace refedge::capi
