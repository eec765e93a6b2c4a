// The operations of c_api.h that judge a conversion: who referred it, why, and whether it looks like fraud.
#include "capi/operation.h"
#include "refedge/attribution.h"
#include "refedge/c_api.h"
#include "refedge/explain.h"
#include "refedge/fraud.h"

namespace refedge::capi {
namespace {

AttributionRule read_rule(Call& call, std::size_t i) {
  const bool is_first = call.choice(i, "click_rule", {"last_click", "first_click"}) == 2;
  return {is_first ? ClickRule::kFirstClick : ClickRule::kLastClick, call.number(i + 1, "window_seconds")};
}

// The number from 1 to `last` that `name_of` gives that name to.
template <class Enum>
Enum read_name(Call& call, std::size_t i, const char* name, std::string_view (*name_of)(Enum), Enum last) {
  auto value = static_cast<int>(last);
  while (value > 0 && name_of(static_cast<Enum>(value)) != call[i]) --value;
  if (value == 0) call.fail(Errc::kInvalidField, name);
  return static_cast<Enum>(value);
}

std::string_view kind_name(EvidenceKind kind) noexcept { return evidence_kind_name(kind); }
std::string_view verdict_name(EvidenceVerdict verdict) noexcept { return evidence_verdict_name(verdict); }

// Kind and referrer stand at `i`, the time at `seen_at`.
Evidence read_evidence(Call& call, std::size_t i, std::string_view referrer_email, std::size_t seen_at) {
  Evidence piece = {
      read_name(call, i, "kind", kind_name, EvidenceKind::kReferrerEmail), call[i + 1], referrer_email, {}};
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
    const auto verdict = read_name(call, i + 3, "verdict", verdict_name, EvidenceVerdict::kOtherClickWon);
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
