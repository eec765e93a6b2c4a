#include <array>
#include <string>

#include "origin/api/answers.h"
#include "origin/api/endpoints.h"
#include "origin/api/field_rules.h"
#include "origin/domain/confirmations.h"
#include "origin/domain/market_access.h"
#include "refedge/limits.h"

namespace refedge::origin {
namespace {

constexpr std::array<FieldRule, 1> kRules = {{
    {"order", true, kMaxValueLength, is_object},
}};

// A shop's own numbering may be a JSON number; its literal is the order number, as in `track`.
bool is_order_number(const Field& field) {
  if (field.kind == ValueKind::kString) return is_line(field);
  return field.value.find_first_not_of("0123456789") == std::string_view::npos;
}

constexpr std::array<FieldRule, 3> kOrderRules = {{
    {"order_number", true, kMaxOrderNumberLength, is_order_number},
    {"status", true, kMaxSlugLength, is_line},
    {"reward_category", false, kMaxRewardCategoryLength, is_line},
}};

Result<JsonObject> parse_order(std::string_view body) {
  const auto outer = JsonObject::parse(body, "");
  if (!outer) return outer.error();
  if (auto checked = check_fields(*outer, kRules); !checked) return checked.error();
  auto order = JsonObject::parse(outer->text("order"), "order");
  if (!order) return order;
  if (auto checked = check_fields(*order, kOrderRules); !checked) return checked.error();
  return order;
}

std::string status_json(std::string_view order_number, ReferralStatus status) {
  const std::array<Field, 2> fields = {
      {{"order_number", order_number}, {"status", referral_status_name(status)}}};
  const auto json = write_json_object(fields);
  return json ? *json : std::string("{}");
}

}  // namespace

Reply create_confirmation(const Request& request, Context& context) {
  const auto market = authenticate(context.store, request.auth_id, request.auth_token);
  if (!market) return unauthorized();
  const auto order = parse_order(request.body);
  if (!order) return refusal(order.error());
  const auto status = apply_confirmation(context.store, *market,
                                         {.order_number = order->text("order_number"),
                                          .status = order->text("status"),
                                          .reward_category = order->text("reward_category"),
                                          .now = context.now()});
  if (!status && status.error().code == Errc::kNotFound) return not_found(status.error().field);
  if (!status) return refusal(status.error());
  context.tell_change();
  return json_answer(200, status_json(order->text("order_number"), *status));
}

}  // namespace refedge::origin
