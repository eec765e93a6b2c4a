#include "origin/domain/tracking.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "origin/domain/confirmations.h"
#include "origin/domain/decision.h"
#include "origin/domain/evidence.h"
#include "origin/domain/track_fields.h"
#include "refedge/signature.h"
#include "refedge/track.h"

namespace refedge::origin {
namespace {

Tracked repeat(const Conversion& known) {
  auto answer = nlohmann::ordered_json::parse(known.answer);
  answer["duplicate"] = true;
  return {.has_referral = false, .answer = answer.dump()};
}

std::string write_answer(const TrackRequest& request, const Decision& decision) {
  nlohmann::ordered_json answer = {{"order_number", field_text(request.fields, "order_number")}};
  if (decision.outcome.winner) {
    const char* status = decision.campaign->has_reconciliation ? "pending" : "confirmed";
    answer["referral"] = {{"status", status}, {"campaign", decision.campaign->slug}};
  } else {
    answer["referral"] = nullptr;
    answer["reason"] = decision_reason(decision);
  }
  return answer.dump();
}

std::optional<std::int64_t> minor_units(std::string_view value) {
  const auto money = parse_money(value);
  return money ? std::optional<std::int64_t>(*money) : std::nullopt;
}

std::string first_voucher(std::span<const Field> fields) {
  const auto codes = voucher_codes_of(fields);
  return codes.empty() ? std::string{} : codes.front();
}

Conversion make_conversion(const Market& market, const TrackRequest& request, const Decision& decision) {
  const auto text = [&](std::string_view key) { return std::string(field_text(request.fields, key)); };
  Name name = split_name(text("customer_name"));
  const std::string locale = text("locale");
  return {.market_id = market.market_id,
          .order_number = text("order_number"),
          .campaign = decision.campaign ? decision.campaign->slug : std::string{},
          .email = text("customer_email"),
          .first_name = std::move(name.first),
          .last_name = std::move(name.last),
          .marketing_opt_in = text("marketing_opt_in") == "true",
          .value_minor = minor_units(text("order_value")),
          .currency = market.currency,
          .reward_category = text("reward_category"),
          .voucher_code = first_voucher(request.fields),
          .locale = locale.empty() ? market.locale : locale,
          .created_at = request.arrived_at,
          .answer = write_answer(request, decision)};
}

// A webhook is due from now on, however long the order was on its way.
void add_referral(Store& store, const Market& market, const Conversion& conversion, const Decision& decision,
                  const EvidencePiece& winner, std::int64_t now) {
  const Referral referral{.market_id = market.market_id,
                          .order_number = conversion.order_number,
                          .campaign = decision.campaign->slug,
                          .referrer_id = winner.referrer_id,
                          .status = ReferralStatus::kPending,
                          .created_at = conversion.created_at};
  store.referrals().add(referral);
  if (!decision.campaign->has_reconciliation) {
    confirm_referral(store, market, referral, Notify::kWebhook, now);
  }
}

Result<std::optional<Campaign>> named_campaign(Store& store, const Market& market,
                                               std::span<const Field> fields) {
  const std::string_view slug = field_text(fields, "campaign");
  if (slug.empty()) return std::optional<Campaign>{};
  auto campaign = store.campaigns().find(market.market_id, slug);
  if (!campaign) return Error{Errc::kNotFound, "campaign"};
  return campaign;
}

Tracked store_conversion(Store& store, const Market& market, const TrackRequest& request,
                         const std::optional<Campaign>& named) {
  const auto pieces = gather_evidence(store, market.market_id, request.fields, request.attribution_header);
  const Decision decision = decide(store, market.market_id, named, pieces,
                                   field_text(request.fields, "customer_email"), request.arrived_at);
  const Conversion conversion = make_conversion(market, request, decision);
  store.conversions().add(conversion);
  const auto winner = decision.outcome.winner;
  if (winner) add_referral(store, market, conversion, decision, pieces[*winner], request.now);
  store.conversions().add_decision({.market_id = market.market_id,
                                    .order_number = conversion.order_number,
                                    .rule_version = decision.outcome.rule_version,
                                    .decision = decision_json(decision, pieces),
                                    .decided_at = request.arrived_at});
  return {.has_referral = winner.has_value(), .answer = conversion.answer};
}

}  // namespace

Result<bool> check_track_signature(const Market& market, std::span<const Field> fields) {
  const std::string_view signed_keys = field_text(fields, "signed_keys");
  const std::string_view signature = field_text(fields, "signature");
  if (signature.empty()) {
    if (market.requires_signed_track) return Error{Errc::kMissingField, "signature"};
    return true;
  }
  const auto verified = verify_signature(fields, signed_keys, signature, market.secret_key.view());
  if (!verified) return verified.error();
  return true;
}

Result<Tracked> track_within(const Transaction& /*holds the write lock: nobody adds this order in between*/,
                             Store& store, const Market& market, const TrackRequest& request) {
  if (auto checked = check_track_signature(market, request.fields); !checked) return checked.error();
  const auto named = named_campaign(store, market, request.fields);
  if (!named) return named.error();
  const auto known = store.conversions().find(market.market_id, field_text(request.fields, "order_number"));
  if (known) return repeat(*known);
  return store_conversion(store, market, request, *named);
}

Result<Tracked> track(Store& store, const Market& market, const TrackRequest& request) {
  Transaction transaction(store);
  auto tracked = track_within(transaction, store, market, request);
  if (tracked) transaction.commit();
  return tracked;
}

}  // namespace refedge::origin
