#include "origin/api/take_conversion.h"

#include "json/json_object.h"
#include "origin/api/answers.h"
#include "origin/domain/market_access.h"
#include "refedge/track.h"

namespace refedge::origin {
namespace {

TakenConversion track_order(Context& context, const ArrivedOrder& order, const JsonObject& body,
                            const Market& market, const StoreOrder& store_order) {
  if (const auto valid = validate_track(body.fields()); !valid)
    return {refusal(valid.error()), market.domain};
  const auto tracked = store_order(market, {.fields = body.fields(),
                                            .attribution_header = order.attribution,
                                            .arrived_at = order.arrived_at,
                                            .now = context.now()});
  if (!tracked) return {refusal(tracked.error()), market.domain};
  return {json_answer(tracked->has_referral ? 201 : 200, tracked->answer), market.domain,
          tracked->has_referral};
}

// What is wrong with a payload that names no market of ours: its own faults come first.
Response refuse_market(const JsonObject& body) {
  const auto valid = validate_track(body.fields());
  return refusal(valid ? Error{Errc::kNotFound, "market"} : valid.error());
}

}  // namespace

TakenConversion take_conversion(Context& context, const ArrivedOrder& order, const StoreOrder& store_order) {
  const auto body = JsonObject::parse(order.body, "");
  if (!body) return {refusal(body.error()), {}};
  const auto market = find_market(context.store, body->text("market"));
  if (!market) return {refuse_market(*body), {}};
  return track_order(context, order, *body, *market, store_order);
}

}  // namespace refedge::origin
