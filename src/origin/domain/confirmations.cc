#include "origin/domain/confirmations.h"

#include <array>
#include <string>

#include "origin/domain/publishing.h"
#include "origin/domain/random.h"
#include "origin/domain/webhook_body.h"

namespace refedge::origin {
namespace {

struct Move {
  std::string_view status;
  ReferralStatus from;
  ReferralStatus to;
  Notify notify;
};

constexpr std::array<Move, 4> kMoves = {{
    {"confirmed", ReferralStatus::kPending, ReferralStatus::kConfirmed, Notify::kWebhook},
    {"failed", ReferralStatus::kPending, ReferralStatus::kFailed, Notify::kNobody},
    {"manual-pass", ReferralStatus::kPending, ReferralStatus::kConfirmed, Notify::kNobody},
    {"restore", ReferralStatus::kFailed, ReferralStatus::kPending, Notify::kNobody},
}};

const Move* find_move(std::string_view status) {
  for (const Move& move : kMoves) {
    if (move.status == status) return &move;
  }
  return nullptr;
}

void queue_webhook(Store& store, const Market& market, const Campaign& campaign, const Referrer& referrer,
                   const Referral& referral, std::int64_t total_referrals, std::int64_t now) {
  const auto conversion = store.conversions().find(market.market_id, referral.order_number);
  if (market.webhook_url.empty() || !conversion) return;
  store.outbox().add({.market_id = market.market_id,
                      .delivery_id = make_uuid(),
                      .url = market.webhook_url,
                      .body = webhook_body(campaign, referrer, *conversion, total_referrals),
                      .created_at = now});
}

void make_move(Store& store, const Market& market, const Referral& referral, const Move& move,
               const Confirmation& confirmation) {
  if (!confirmation.reward_category.empty()) {
    store.conversions().set_reward_category(market.market_id, referral.order_number,
                                            confirmation.reward_category);
  }
  if (move.to == ReferralStatus::kConfirmed) {
    confirm_referral(store, market, referral, move.notify, confirmation.now);
  } else {
    store.referrals().set_status(market.market_id, referral.order_number, move.to, confirmation.now);
  }
}

}  // namespace

Result<ReferralStatus> apply_confirmation(Store& store, const Market& market,
                                          const Confirmation& confirmation) {
  const Move* move = find_move(confirmation.status);
  if (move == nullptr) return Error{Errc::kInvalidField, "status"};
  Transaction transaction(store);
  const auto referral = store.referrals().find(market.market_id, confirmation.order_number);
  if (!referral) return Error{Errc::kNotFound, "order_number"};
  if (referral->status == move->to) return move->to;
  if (referral->status != move->from) return Error{Errc::kInvalidField, "status"};
  make_move(store, market, *referral, *move, confirmation);
  transaction.commit();
  return move->to;
}

void confirm_referral(Store& store, const Market& market, const Referral& referral, Notify notify,
                      std::int64_t now) {
  store.referrals().set_status(market.market_id, referral.order_number, ReferralStatus::kConfirmed, now);
  const auto referrer = store.referrers().find(market.market_id, referral.referrer_id);
  const auto campaign = store.campaigns().find(market.market_id, referral.campaign);
  if (!referrer || !campaign) throw StoreFailure("a referral points to a referrer or campaign that is gone");
  const std::int64_t count = store.referrals().count_confirmed(market.market_id, referral.referrer_id);
  republish_links(store, market, *campaign, *referrer, count);
  if (notify == Notify::kWebhook) {
    queue_webhook(store, market, *campaign, *referrer, referral, count, now);
  }
}

std::string_view referral_status_name(ReferralStatus status) {
  constexpr std::array<std::string_view, 4> kNames = {"unknown", "pending", "confirmed", "failed"};
  const auto index = static_cast<std::size_t>(status);
  return index < kNames.size() ? kNames[index] : kNames[0];
}

}  // namespace refedge::origin
