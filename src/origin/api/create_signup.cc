#include <array>
#include <string>

#include "origin/api/answers.h"
#include "origin/api/endpoints.h"
#include "origin/api/field_rules.h"
#include "origin/domain/market_access.h"
#include "origin/domain/signups.h"
#include "refedge/limits.h"

namespace refedge::origin {
namespace {

// No e-mail is sent by refedge: send_auto_invite_email is accepted, so that a caller of the manual's needs no
// change, and says nothing here.
constexpr std::array<FieldRule, 3> kRules = {{
    {"campaign_slug", true, kMaxSlugLength, is_slug_text},
    {"send_auto_invite_email", false, 5, is_boolean_text},
    {"signup", true, kMaxValueLength, is_object},
}};

constexpr std::array<FieldRule, 6> kSignUpRules = {{
    {"email", true, kMaxEmailLength, is_email_text},
    {"first_name", true, kMaxNameLength, is_line},
    {"last_name", false, kMaxNameLength, is_line},
    {"custom_field_value", false, kMaxCustomFieldLength, is_line},
    {"client_data", false, kMaxClientDataLength, is_object},
    {"locale", false, kMaxLocaleLength, is_slug_text},
}};

Result<JsonObject> parse_checked(std::string_view text, std::string_view name,
                                 std::span<const FieldRule> rules) {
  auto object = JsonObject::parse(text, name);
  if (!object) return object;
  if (auto checked = check_fields(*object, rules); !checked) return checked.error();
  return object;
}

SignUp sign_up_of(const JsonObject& fields, std::int64_t now) {
  return {.email = trimmed(fields.text("email")),
          .first_name = trimmed(fields.text("first_name")),
          .last_name = trimmed(fields.text("last_name")),
          .custom_field = fields.text("custom_field_value"),
          .client_data = fields.text("client_data"),
          .marketing_opt_in = false,
          .locale = fields.text("locale"),
          .is_proven = true,
          .now = now};
}

std::string links_json(const SignedUp& signed_up) {
  const std::array<Field, 2> fields = {
      {{"share_url", signed_up.share_url}, {"dashboard_url", signed_up.dashboard_url}}};
  const auto json = write_json_object(fields);
  return json ? *json : std::string("{}");
}

}  // namespace

Reply create_signup(const Request& request, Context& context) {
  const auto market = authenticate(context.store, request.auth_id, request.auth_token);
  if (!market) return unauthorized();
  const auto body = parse_checked(request.body, "", kRules);
  if (!body) return refusal(body.error());
  const auto fields = parse_checked(body->text("signup"), "signup", kSignUpRules);
  if (!fields) return refusal(fields.error());
  const auto campaign = context.store.campaigns().find(market->market_id, body->text("campaign_slug"));
  if (!campaign) return refusal({Errc::kNotFound, "campaign_slug"});
  const auto signed_up = sign_up(context.store, *market, *campaign, sign_up_of(*fields, context.now()));
  if (!signed_up) return refusal(signed_up.error());
  context.tell_change();
  return json_answer(signed_up->is_new ? 201 : 200, links_json(*signed_up));
}

}  // namespace refedge::origin
