#include "refedge/explain.h"

#include <cstddef>
#include <string_view>

#include "core/fault.h"
#include "core/json_members.h"
#include "core/text_list.h"
#include "refedge/limits.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

// By the number of the verdict; then those that say otherwise for first click.
constexpr char kSentences[] =
    "The verdict is unknown.\0"
    "The strongest evidence, and the latest of its kind.\0"
    "It points to no known referrer.\0"
    "It is older than the campaign's window.\0"
    "It is dated after the order.\0"
    "It points to the customer: nobody refers themselves.\0"
    "A stronger kind won.\0"
    "A later one of the same kind won.\0"
    "The strongest evidence, and the earliest of its kind.\0"
    "An earlier one of the same kind won.";
constexpr std::size_t kFirstClickWon = 8;
constexpr std::size_t kFirstClickLost = 9;

std::string_view sentence(EvidenceVerdict verdict, ClickRule click) noexcept {
  const bool is_first = click == ClickRule::kFirstClick;
  if (is_first && verdict == EvidenceVerdict::kWon) return text_at(kSentences, kFirstClickWon);
  if (is_first && verdict == EvidenceVerdict::kOtherClickWon) return text_at(kSentences, kFirstClickLost);
  return text_or_first(kSentences, kFirstClickWon, static_cast<std::size_t>(verdict));
}

Errc check_referrer_id(std::string_view id) noexcept {
  if (id.size() > kMaxReferrerIdLength) return Errc::kTooLong;
  if (!is_valid_utf8(id)) return Errc::kInvalidUtf8;
  return id.find('@') == std::string_view::npos ? Errc::kOk : Errc::kInvalidField;
}

bool is_coherent(const AttributionDecision& decision, std::size_t num_pieces) noexcept {
  if (decision.verdicts.size() != num_pieces) return false;
  if (decision.winner && *decision.winner >= num_pieces) return false;
  for (std::size_t i = 0; i < num_pieces; ++i) {
    const bool has_won = decision.verdicts[i] == EvidenceVerdict::kWon;
    if (has_won != (decision.winner == i)) return false;
  }
  return true;
}

// The piece that the decision as a whole is explained by: the winner, or else the strongest.
std::size_t telling_piece(std::span<const Evidence> evidence, const AttributionDecision& decision) noexcept {
  if (decision.winner) return *decision.winner;
  std::size_t strongest = 0;
  for (std::size_t i = 1; i < evidence.size(); ++i) {
    if (evidence[i].kind < evidence[strongest].kind) strongest = i;
  }
  return strongest;
}

void append_rule(std::string& out, const AttributionDecision& decision, const AttributionRule& rule) {
  append_raw(out, "rule", "{");
  append_number(out, "version", decision.rule_version);
  append_text(out, "click", rule.click == ClickRule::kFirstClick ? "first_click" : "last_click");
  append_number(out, "window_seconds", rule.window_seconds);
  out += '}';
}

void append_verdict(std::string& out, const char* key, EvidenceVerdict verdict, ClickRule click) {
  append_text(out, key, evidence_verdict_name(verdict));
  append_text(out, "why", sentence(verdict, click));
}

void append_outcome(std::string& out, std::span<const Evidence> evidence, const AttributionDecision& decision,
                    ClickRule click) {
  const std::size_t telling = telling_piece(evidence, decision);
  append_text_or_null(out, "referrer_id", decision.winner ? evidence[telling].referrer_id : std::string_view{});
  if (!evidence.empty()) return append_verdict(out, "reason", decision.verdicts[telling], click);
  append_comma(out);
  out += "\"reason\":\"no_evidence\",\"why\":\"Nothing pointed to a referrer.\"";
}

void append_piece(std::string& out, const Evidence& piece, EvidenceVerdict verdict, ClickRule click) {
  append_comma(out);
  out += '{';
  append_text(out, "kind", evidence_kind_name(piece.kind));
  if (piece.seen_at) {
    append_number(out, "seen_at", *piece.seen_at);
  } else {
    append_raw(out, "seen_at", "null");
  }
  append_text_or_null(out, "referrer_id", piece.referrer_id);
  append_verdict(out, "verdict", verdict, click);
  out += '}';
}

}  // namespace

Result<std::string> explain_decision(std::span<const Evidence> evidence, const AttributionDecision& decision,
                                     const AttributionRule& rule, std::int64_t now) {
  if (evidence.size() > kMaxEvidence) return {Errc::kTooMany, "evidence"};
  if (!is_coherent(decision, evidence.size())) return {Errc::kInvalidField, "decision"};
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    const Errc wrong = check_referrer_id(evidence[i].referrer_id);
    if (wrong != Errc::kOk) return to_error({wrong, "evidence", i, "referrer_id"});
  }
  std::string out = "{";
  append_rule(out, decision, rule);
  append_number(out, "decided_at", now);
  append_outcome(out, evidence, decision, rule.click);
  append_raw(out, "evidence", "[");
  for (std::size_t i = 0; i < evidence.size(); ++i)
    append_piece(out, evidence[i], decision.verdicts[i], rule.click);
  out += "]}";
  return out;
}

}  // namespace refedge
