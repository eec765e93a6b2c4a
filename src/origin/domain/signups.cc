#include "origin/domain/signups.h"

#include "origin/domain/publishing.h"
#include "origin/domain/random.h"
#include "refedge/track.h"

namespace refedge::origin {
namespace {

Referrer make_referrer(const Market& market, const Campaign& campaign, const SignUp& request) {
  return {.market_id = market.market_id,
          .referrer_id = make_uuid(),
          .campaign = campaign.slug,
          .email = std::string(request.email),
          .email_key = normalise_email(request.email),
          .first_name = std::string(request.first_name),
          .last_name = std::string(request.last_name),
          .custom_field = std::string(request.custom_field),
          .client_data = std::string(request.client_data),
          .marketing_opt_in = request.marketing_opt_in,
          .locale = request.locale.empty() ? market.locale : std::string(request.locale),
          .created_at = request.now};
}

SignedUp describe(const Market& market, const Campaign& campaign, const Referrer& referrer,
                  const Link& link) {
  return {.is_new = false,
          .share_url = share_url(market, link.code),
          .dashboard_url = dashboard_url(market, campaign, referrer)};
}

Error name_cause(const Error& error) {
  return error.code == Errc::kTooLong ? Error{error.code, "client_data"} : error;
}

// The known referrer, as somebody who proved nothing describes them.
Referrer as_typed(const Referrer& known, Referrer typed) {
  typed.referrer_id = known.referrer_id;
  return typed;
}

}  // namespace

bool is_referrer(Store& store, const Campaign& campaign, std::string_view email) {
  return store.referrers()
      .find_by_email(campaign.market_id, campaign.slug, normalise_email(email))
      .has_value();
}

Result<SignedUp> sign_up(Store& store, const Market& market, const Campaign& campaign,
                         const SignUp& request) {
  Transaction transaction(store);
  const auto known =
      store.referrers().find_by_email(market.market_id, campaign.slug, normalise_email(request.email));
  if (known && request.is_proven) {
    const auto links = store.links().of_referrer(market.market_id, known->referrer_id);
    if (!links.empty()) return describe(market, campaign, *known, links.front());
  }
  Referrer referrer = make_referrer(market, campaign, request);
  if (known) referrer = request.is_proven ? *known : as_typed(*known, std::move(referrer));
  if (!known) store.referrers().add(referrer);
  const auto link = publish_new_link(store, market, campaign, referrer, known && !request.is_proven);
  if (!link) return name_cause(link.error());
  transaction.commit();
  SignedUp signed_up = describe(market, campaign, referrer, *link);
  signed_up.is_new = true;
  return signed_up;
}

}  // namespace refedge::origin
