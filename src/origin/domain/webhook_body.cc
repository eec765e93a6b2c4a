#include "origin/domain/webhook_body.h"

#include <initializer_list>
#include <span>
#include <stdexcept>

#include "origin/domain/custom_field.h"
#include "refedge/json_writer.h"

namespace refedge::origin {
namespace {

// Every value passed its limit when it was taken in, so that the writer has nothing to refuse.
std::string object(std::initializer_list<Field> fields) {
  auto json = write_json_object(std::span(fields.begin(), fields.size()));
  if (!json) throw std::logic_error("a stored value does not fit into the webhook: " + json.error().field);
  return std::move(*json);
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string_view custom_field_name(const Campaign& campaign) {
  return campaign.custom_field.label.empty() ? kCustomFieldName
                                             : std::string_view(campaign.custom_field.label);
}

std::string customer(const Campaign& campaign, const Referrer& referrer) {
  const std::string_view client_data = referrer.client_data;
  const std::string custom_fields =
      custom_fields_json("label", custom_field_name(campaign), referrer.custom_field);
  return object({{"email", referrer.email},
                 {"client_data", client_data.empty() ? "{}" : client_data, ValueKind::kRaw},
                 {"custom_fields", custom_fields, ValueKind::kRaw}});
}

std::string friend_of(const Conversion& conversion) {
  return object({{"first_name", conversion.first_name},
                 {"last_name", conversion.last_name},
                 {"email", conversion.email},
                 {"marketing_opt_in", conversion.marketing_opt_in ? "true" : "false"}});
}

std::string order(const Conversion& conversion) {
  const std::string cents = conversion.value_minor ? std::to_string(*conversion.value_minor) : std::string{};
  const std::string currency = lower(conversion.currency);
  return object({{"total_cents", cents},
                 {"currency", currency},
                 {"voucher_code", conversion.voucher_code},
                 {"reward_category", conversion.reward_category},
                 {"order_number", conversion.order_number}});
}

}  // namespace

std::string webhook_body(const Campaign& campaign, const Referrer& referrer, const Conversion& conversion,
                         std::int64_t total_referrals) {
  const std::string of_customer = customer(campaign, referrer);
  const std::string of_friend = friend_of(conversion);
  const std::string of_order = order(conversion);
  const std::string referral =
      object({{"friend", of_friend, ValueKind::kRaw}, {"order", of_order, ValueKind::kRaw}});
  const std::string total = std::to_string(total_referrals);
  return object({{"campaign", campaign.slug},
                 {"customer", of_customer, ValueKind::kRaw},
                 {"referral", referral, ValueKind::kRaw},
                 {"total_referrals", total}});
}

}  // namespace refedge::origin
