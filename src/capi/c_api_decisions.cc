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

// Reads the parts of a record. The first that is not of its format is kept by name, and the reading goes on.
struct Reader {
  const char* wrong = nullptr;

  void fail(const char* name) noexcept {
    if (wrong == nullptr) wrong = name;
  }

  std::int64_t number(std::string_view text, const char* name, std::int64_t max = INT64_MAX) noexcept {
    const auto value = parse_decimal(text, max);
    if (!value) fail(name);
    return value.value_or(0);
  }

  // The number from 1 to `last` that `name_of` gives that name to.
  template <class Enum>
  Enum named(std::string_view text, const char* name, std::string_view (*name_of)(Enum), Enum last) noexcept {
    auto value = last;
    while (static_cast<int>(value) > 0 && name_of(value) != text) {
      value = static_cast<Enum>(static_cast<int>(value) - 1);
    }
    if (static_cast<int>(value) == 0) fail(name);
    return value;
  }

  AttributionRule rule(std::string_view click_rule, std::string_view window_seconds) noexcept {
    const bool is_first = click_rule == "first_click";
    if (!is_first && click_rule != "last_click") fail("click_rule");
    return {is_first ? ClickRule::kFirstClick : ClickRule::kLastClick,
            number(window_seconds, "window_seconds")};
  }

  Evidence evidence(std::string_view kind, std::string_view referrer_id, std::string_view referrer_email,
                    std::string_view seen_at) noexcept {
    Evidence piece = {
        named(kind, "kind", kind_name, EvidenceKind::kReferrerEmail), referrer_id, referrer_email, {}};
    if (!seen_at.empty()) piece.seen_at = number(seen_at, "seen_at");
    return piece;
  }

  EvidenceVerdict verdict(std::string_view name) noexcept {
    return named(name, "verdict", verdict_name, EvidenceVerdict::kOtherClickWon);
  }

  static std::string_view kind_name(EvidenceKind kind) noexcept { return evidence_kind_name(kind); }
  static std::string_view verdict_name(EvidenceVerdict verdict) noexcept {
    return evidence_verdict_name(verdict);
  }
};

Error invalid(const char* name) { return {Errc::kInvalidField, name}; }

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
  Reader reader;
  const AttributionRule rule = reader.rule(fields[1], fields[2]);
  const std::int64_t now = reader.number(fields[3], "now");
  std::vector<Evidence> evidence;
  for (std::size_t i = 4; i + 3 < fields.size(); i += 4) {
    evidence.push_back(reader.evidence(fields[i], fields[i + 1], fields[i + 2], fields[i + 3]));
  }
  if (reader.wrong != nullptr) return invalid(reader.wrong);
  const auto decision = attribute(evidence, fields[0], rule, now);
  if (!decision) return decision.error();
  return write_decision(*decision);
}

Result<std::string> run_explain_decision(Fields fields) {
  Reader reader;
  AttributionDecision decision;
  const AttributionRule rule = reader.rule(fields[0], fields[1]);
  const std::int64_t decided_at = reader.number(fields[2], "decided_at");
  decision.rule_version = static_cast<std::uint32_t>(reader.number(fields[3], "rule_version", UINT32_MAX));
  std::vector<Evidence> evidence;
  for (std::size_t i = 4; i + 3 < fields.size(); i += 4) {
    evidence.push_back(reader.evidence(fields[i], fields[i + 1], {}, fields[i + 2]));
    decision.verdicts.push_back(reader.verdict(fields[i + 3]));
    if (decision.verdicts.back() == EvidenceVerdict::kWon) decision.winner = evidence.size() - 1;
  }
  if (reader.wrong != nullptr) return invalid(reader.wrong);
  return explain_decision(evidence, decision, rule, decided_at);
}

FraudParty read_party(Fields fields) { return {fields[0], fields[1], fields[2], fields[3], fields[4]}; }

Result<std::string> run_build_fraud_report(Fields fields) {
  return build_fraud_report(find_fraud_flags(read_party(fields.first(5)), read_party(fields.last(5))));
}

}  // namespace

REFEDGE_OPERATION(attribute, 4, 4, run_attribute)
REFEDGE_OPERATION(explain_decision, 4, 4, run_explain_decision)
REFEDGE_OPERATION(build_fraud_report, 10, 0, run_build_fraud_report)

}  // namespace refedge::capi
