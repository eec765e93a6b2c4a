#include "origin/domain/decision.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace refedge::origin {
namespace {

std::vector<std::string_view> campaigns_of(std::span<const EvidencePiece> pieces) {
  std::vector<std::string_view> slugs;
  for (const EvidencePiece& piece : pieces) {
    const bool is_new = std::find(slugs.begin(), slugs.end(), piece.campaign) == slugs.end();
    if (!piece.campaign.empty() && is_new) slugs.push_back(piece.campaign);
  }
  return slugs;
}

std::vector<Evidence> as_seen_by(std::string_view campaign, std::span<const EvidencePiece> pieces) {
  std::vector<Evidence> evidence;
  for (const EvidencePiece& piece : pieces) {
    const bool is_known = !campaign.empty() && piece.campaign == campaign;
    evidence.push_back(
        {.kind = piece.kind,
         .referrer_id = is_known ? std::string_view(piece.referrer_id) : std::string_view{},
         .referrer_email = is_known ? std::string_view(piece.referrer_email) : std::string_view{},
         .seen_at = piece.seen_at});
  }
  return evidence;
}

Decision decide_under(std::optional<Campaign> campaign, std::span<const EvidencePiece> pieces,
                      std::string_view customer_email, std::int64_t now) {
  Decision decision;
  if (campaign) decision.rule = {.click = campaign->click_rule, .window_seconds = campaign->window_seconds};
  const auto evidence = as_seen_by(campaign ? std::string_view(campaign->slug) : std::string_view{}, pieces);
  auto outcome = attribute(evidence, customer_email, decision.rule, now);
  // gather_evidence keeps to the core's limit and a campaign's window is checked when it is made.
  if (outcome) decision.outcome = std::move(*outcome);
  decision.campaign = std::move(campaign);
  return decision;
}

std::string_view click_rule_name(ClickRule rule) {
  return rule == ClickRule::kFirstClick ? "first_click" : "last_click";
}

nlohmann::ordered_json piece_json(const EvidencePiece& piece, EvidenceVerdict verdict) {
  nlohmann::ordered_json json = {{"kind", evidence_kind_name(piece.kind)}};
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = value;
  };
  put("code", piece.code);
  put("click_id", piece.click_id);
  if (piece.seen_at) json["seen_at"] = *piece.seen_at;
  put("problem", piece.problem);
  put("campaign", piece.campaign);
  put("referrer_id", piece.referrer_id);
  json["verdict"] = evidence_verdict_name(verdict);
  return json;
}

}  // namespace

Decision decide(Store& store, std::string_view market_id, const std::optional<Campaign>& named,
                std::span<const EvidencePiece> pieces, std::string_view customer_email, std::int64_t now) {
  if (named) return decide_under(named, pieces, customer_email, now);
  std::optional<Decision> first;
  for (const std::string_view slug : campaigns_of(pieces)) {
    Decision decision = decide_under(store.campaigns().find(market_id, slug), pieces, customer_email, now);
    if (decision.outcome.winner) return decision;
    if (!first) first = std::move(decision);
  }
  return first ? std::move(*first) : decide_under(std::nullopt, pieces, customer_email, now);
}

std::string_view decision_reason(const Decision& decision) {
  if (decision.outcome.verdicts.empty()) return "no_evidence";
  return evidence_verdict_name(decision.outcome.verdicts.front());
}

std::string decision_json(const Decision& decision, std::span<const EvidencePiece> pieces) {
  nlohmann::ordered_json json;
  json["campaign"] = decision.campaign ? nlohmann::ordered_json(decision.campaign->slug) : nullptr;
  json["rule"] = {{"click", click_rule_name(decision.rule.click)},
                  {"window_seconds", decision.rule.window_seconds}};
  json["evidence"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < pieces.size() && i < decision.outcome.verdicts.size(); ++i) {
    json["evidence"].push_back(piece_json(pieces[i], decision.outcome.verdicts[i]));
  }
  json["winner"] = decision.outcome.winner ? nlohmann::ordered_json(*decision.outcome.winner) : nullptr;
  return json.dump();
}

}  // namespace refedge::origin
