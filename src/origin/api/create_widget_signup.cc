#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "origin/api/answers.h"
#include "origin/api/endpoints.h"
#include "origin/api/field_rules.h"
#include "origin/domain/market_access.h"
#include "origin/domain/signups.h"
#include "refedge/auto_signup.h"
#include "refedge/limits.h"
#include "refedge/metadata.h"
#include "refedge/signature.h"
#include "refedge/track.h"

namespace refedge::origin {
namespace {

constexpr std::array<FieldRule, 11> kRules = {{
    {"market", true, kMaxSlugLength, is_slug_text},
    {"name", false, kMaxNameLength, is_line},
    {"email", false, kMaxEmailLength, is_email_text},
    {"custom_field", false, kMaxCustomFieldLength, is_line},
    {"marketing_opt_in", false, 5, is_boolean_text},
    {"auto", false, 5, is_boolean_text},
    {"locale", false, kMaxLocaleLength, is_slug_text},
    {"signed_keys", false, kMaxValueLength, is_any_text},
    {"signature", false, kMaxSlugLength, is_any_text},
    {"bp_e", false, kMaxUrlLength, is_any_text},
    {"bp_p", false, kMaxUrlLength, is_any_text},
}};

struct Person {
  std::string_view name;
  std::string_view email;
  std::string_view custom_field;
  bool is_proven = false;
};

// With signed_keys the signature must hold, and cover at least name and email.
Result<Valid> check_signature(const JsonObject& body, const Market& market) {
  const std::string_view signed_keys = body.text("signed_keys");
  const std::string_view signature = body.text("signature");
  if (signed_keys.empty() && signature.empty()) return Valid{};
  if (signed_keys.empty()) return Error{Errc::kMissingField, "signed_keys"};
  const auto keys = parse_signed_keys(signed_keys);
  if (!keys) return keys.error();
  for (const std::string_view needed : {"name", "email"}) {
    if (std::find(keys->begin(), keys->end(), needed) == keys->end()) {
      return Error{Errc::kInvalidField, "signed_keys"};
    }
  }
  const auto verified = verify_signature(body.fields(), signed_keys, signature, market.secret_key.view());
  if (!verified) return verified.error();
  return Valid{};
}

Result<Valid> check_form(const JsonObject& body) {
  for (const std::string_view key : {"name", "email"}) {
    if (trimmed(body.text(key)).empty()) return Error{Errc::kMissingField, std::string(key)};
  }
  return Valid{};
}

std::string prefill_json(const Person& person) {
  const nlohmann::ordered_json fields = {
      {"name", person.name}, {"email", person.email}, {"custom_field", person.custom_field}};
  return nlohmann::ordered_json({{"prefill", fields}}).dump();
}

// Who proved nothing gets the same answer for a known address as for a new one, without the link that signs
// its owner in; see domain/signups.h. The first name is the one just given.
Response links_answer(const SignedUp& signed_up, const Person& person, const std::string& first_name) {
  nlohmann::ordered_json json = {{"share_url", signed_up.share_url}, {"first_name", first_name}};
  if (person.is_proven) json["dashboard_url"] = signed_up.dashboard_url;
  return json_answer(person.is_proven && !signed_up.is_new ? 200 : 201, json.dump());
}

// A campaign may ask for its custom field; who comes back has answered it before, or never will.
bool lacks_custom_field(Context& context, const Campaign& campaign, const Person& person) {
  if (!campaign.custom_field.is_required || !trimmed(person.custom_field).empty()) return false;
  return !person.is_proven || !is_referrer(context.store, campaign, person.email);
}

Response register_person(Context& context, const Market& market, const Campaign& campaign,
                         const JsonObject& body, const Person& person) {
  const Name name = split_name(person.name);
  const auto signed_up = sign_up(context.store, market, campaign,
                                 {.email = trimmed(person.email),
                                  .first_name = name.first,
                                  .last_name = name.last,
                                  .custom_field = person.custom_field,
                                  .client_data = {},
                                  .marketing_opt_in = body.text("marketing_opt_in") == "true",
                                  .locale = body.text("locale"),
                                  .is_proven = person.is_proven,
                                  .now = context.now()});
  if (!signed_up) return refusal(signed_up.error());
  context.tell_change();
  return links_answer(*signed_up, person, name.first);
}

Response register_by_form(Context& context, const Market& market, const Campaign& campaign,
                          const JsonObject& body) {
  if (const auto checked = check_form(body); !checked) return refusal(checked.error());
  if (const auto checked = check_signature(body, market); !checked) return refusal(checked.error());
  const Person person{body.text("name"), body.text("email"), body.text("custom_field"),
                      !body.text("signature").empty()};
  if (lacks_custom_field(context, campaign, person)) return refusal({Errc::kMissingField, "custom_field"});
  return register_person(context, market, campaign, body, person);
}

// What a page's query carried is opened here, since the frame has no key; `json` is a stranger's text. A bp_p
// can be written by anybody.
Response register_by_link(Context& context, const Market& market, const Campaign& campaign,
                          const JsonObject& body, const Result<std::string>& json, const std::string& name) {
  if (!json) return refusal({json.error().code, name});
  const auto object = JsonObject::parse(*json, name);
  if (!object) return refusal(object.error());
  const auto signup = validate_auto_signup(object->fields());
  if (!signup) return refusal({signup.error().code, name});
  const Person person{signup->name, signup->email, signup->custom_field, name == "bp_e"};
  if (person.custom_field.size() > kMaxCustomFieldLength) return refusal({Errc::kTooLong, name});
  if (signup->mode == SignupMode::kPrefill || lacks_custom_field(context, campaign, person)) {
    return json_answer(200, prefill_json(person));
  }
  return register_person(context, market, campaign, body, person);
}

Response register_any(Context& context, const Market& market, const Campaign& campaign,
                      const JsonObject& body) {
  const std::string_view bp_e = body.text("bp_e");
  const std::string_view bp_p = body.text("bp_p");
  if (!bp_e.empty()) {
    return register_by_link(context, market, campaign, body, decrypt_metadata(bp_e, market.auth_token.view()),
                            "bp_e");
  }
  if (!bp_p.empty())
    return register_by_link(context, market, campaign, body, decode_plain_signup(bp_p), "bp_p");
  return register_by_form(context, market, campaign, body);
}

}  // namespace

Reply create_widget_signup(const Request& request, Context& context) {
  const auto body = JsonObject::parse(request.body, "");
  if (!body) return refusal(body.error());
  if (const auto checked = check_fields(*body, kRules); !checked) return refusal(checked.error());
  const auto market = find_market(context.store, body->text("market"));
  if (!market) return refusal({Errc::kNotFound, "market"});
  const auto campaign = context.store.campaigns().find(market->market_id, request.path_value);
  if (!campaign) return not_found("campaign");
  return register_any(context, *market, *campaign, *body);
}

}  // namespace refedge::origin
