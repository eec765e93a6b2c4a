// The operations of c_api.h that judge a conversion: who referred it, why, and whether it looks like fraud.
#include "capi/operation.h"
#include "capi/record.h"
#include "core/decimal.h"
#include "refedge/attribution.h"
#include "refedge/c_api.h"
#include "refedge/explain.h"
#include "refedge/fraud.h"

namespace refedge::capi {
namespace {

Result<ClickRule> read_click_rule(std::string_view name) {
  if (name == "last_click") return ClickRule::kLastClick;
  if (name == "first_click") return ClickRule::kFirstClick;
  return Error{Errc::kInvalidField, "click_rule"};
}

Result<AttributionRule> read_rule(std::string_view click_rule, std::string_view window_seconds) {
  const auto click = read_click_rule(click_rule);
  if (!click) return click.error();
  const auto window = read_number(window_seconds, "window_seconds");
  if (!window) return window.error();
  return AttributionRule{*click, *window};
}

Result<EvidenceKind> read_kind(std::string_view name) {
  for (int number = 1; number <= static_cast<int>(EvidenceKind::kReferrerEmail); ++number) {
    const auto kind = static_cast<EvidenceKind>(number);
    if (evidence_kind_name(kind) == name) return kind;
  }
  return Error{Errc::kInvalidField, "kind"};
}

Result<EvidenceVerdict> read_verdict(std::string_view name) {
  for (int number = 1; number <= static_cast<int>(EvidenceVerdict::kOtherClickWon); ++number) {
    const auto verdict = static_cast<EvidenceVerdict>(number);
    if (evidence_verdict_name(verdict) == name) return verdict;
  }
  return Error{Errc::kInvalidField, "verdict"};
}

Result<Evidence> read_evidence(std::string_view kind_name, std::string_view referrer_id,
                               std::string_view referrer_email, std::string_view seen_at_text) {
  const auto kind = read_kind(kind_name);
  if (!kind) return kind.error();
  Evidence evidence = {*kind, referrer_id, referrer_email, {}};
  if (seen_at_text.empty()) return evidence;
  const auto seen_at = read_number(seen_at_text, "seen_at");
  if (!seen_at) return seen_at.error();
  evidence.seen_at = *seen_at;
  return evidence;
}

Result<std::vector<Evidence>> read_all_evidence(Fields fields) {
  std::vector<Evidence> evidence;
  for (std::size_t i = 0; i + 3 < fields.size(); i += 4) {
    const auto piece = read_evidence(fields[i], fields[i + 1], fields[i + 2], fields[i + 3]);
    if (!piece) return piece.error();
    evidence.push_back(*piece);
  }
  return evidence;
}

std::string write_decision(const AttributionDecision& decision) {
  std::string winner;
  if (decision.winner) append_decimal(winner, static_cast<std::int64_t>(*decision.winner));
  std::string version;
  append_decimal(version, decision.rule_version);
  std::string record;
  append_record_field(record, winner);
  append_record_field(record, version);
  for (const auto verdict : decision.verdicts) append_record_field(record, evidence_verdict_name(verdict));
  return record;
}

Result<std::string> run_attribute(Fields fields) {
  const auto rule = read_rule(fields[1], fields[2]);
  if (!rule) return rule.error();
  const auto now = read_number(fields[3], "now");
  if (!now) return now.error();
  const auto evidence = read_all_evidence(fields.subspan(4));
  if (!evidence) return evidence.error();
  const auto decision = attribute(*evidence, fields[0], *rule, *now);
  if (!decision) return decision.error();
  return write_decision(*decision);
}

// Evidence and the verdict on it, as they were stored.
struct Judged {
  std::vector<Evidence> evidence;
  AttributionDecision decision;
};

Result<Judged> read_judged(Fields fields) {
  Judged judged;
  for (std::size_t i = 0; i + 3 < fields.size(); i += 4) {
    const auto piece = read_evidence(fields[i], fields[i + 1], {}, fields[i + 2]);
    if (!piece) return piece.error();
    const auto verdict = read_verdict(fields[i + 3]);
    if (!verdict) return verdict.error();
    if (*verdict == EvidenceVerdict::kWon) judged.decision.winner = judged.evidence.size();
    judged.evidence.push_back(*piece);
    judged.decision.verdicts.push_back(*verdict);
  }
  return judged;
}

Result<std::string> run_explain_decision(Fields fields) {
  const auto rule = read_rule(fields[0], fields[1]);
  if (!rule) return rule.error();
  const auto decided_at = read_number(fields[2], "decided_at");
  if (!decided_at) return decided_at.error();
  const auto version = read_number(fields[3], "rule_version", UINT32_MAX);
  if (!version) return version.error();
  auto judged = read_judged(fields.subspan(4));
  if (!judged) return judged.error();
  judged->decision.rule_version = static_cast<std::uint32_t>(*version);
  return explain_decision(judged->evidence, judged->decision, *rule, *decided_at);
}

FraudParty read_party(Fields fields) { return {fields[0], fields[1], fields[2], fields[3], fields[4]}; }

Result<std::string> run_build_fraud_report(Fields fields) {
  return build_fraud_report(find_fraud_flags(read_party(fields.first(5)), read_party(fields.last(5))));
}

}  // namespace
}  // namespace refedge::capi

using refedge::capi::run_operation;

void refedge_attribute(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {4, 4}, refedge::capi::run_attribute);
}

void refedge_explain_decision(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {4, 4}, refedge::capi::run_explain_decision);
}

void refedge_build_fraud_report(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {10}, refedge::capi::run_build_fraud_report);
}
