#include "origin/domain/publishing.h"

#include <array>

#include "origin/domain/custom_field.h"
#include "origin/domain/market_access.h"
#include "origin/domain/random.h"
#include "refedge/json_writer.h"
#include "refedge/metadata.h"
#include "refedge/query.h"

namespace refedge::origin {
namespace {

Result<std::string> referral_metadata(const Referrer& referrer, std::int64_t referral_count) {
  const std::string custom_fields = custom_fields_json("key", kCustomFieldName, referrer.custom_field);
  return build_metadata(
      {.referral_count = referral_count,
       .email = referrer.email,
       .first_name = referrer.first_name,
       .last_name = referrer.last_name,
       .client_data_json = referrer.client_data,
       .custom_fields_json = referrer.custom_field.empty() ? std::string_view{} : custom_fields,
       .voucher_code = {}});
}

std::string full_name(const Referrer& referrer) {
  return referrer.last_name.empty() ? referrer.first_name : referrer.first_name + " " + referrer.last_name;
}

Result<std::string> auto_sign_up(const Market& market, const Referrer& referrer) {
  const std::string name = full_name(referrer);
  const std::array<Field, 3> fields = {{{"email", referrer.email}, {"name", name}, {"auto", "true"}}};
  auto json = write_json_object(fields);
  return json ? encrypt_metadata(*json, market.auth_token.view()) : json;
}

}  // namespace

Result<std::string> link_location(const Market& market, const Campaign& campaign, const Referrer& referrer,
                                  std::string_view code, std::int64_t referral_count) {
  auto metadata = referral_metadata(referrer, referral_count);
  if (!metadata) return metadata;
  auto bp_e = encrypt_metadata(*metadata, market.auth_token.view());
  if (!bp_e) return bp_e;
  auto location = append_query_param(campaign.destination, "ref", code);
  return location ? append_query_param(*location, "bp_e", *bp_e) : location;
}

Result<Link> publish_new_link(Store& store, const Market& market, const Campaign& campaign,
                              const Referrer& referrer, bool is_unproven) {
  while (true) {
    const std::string code = make_new_share_code();
    auto location = link_location(market, campaign, referrer, code, 0);
    if (!location) return location.error();
    Link link{.market_id = market.market_id,
              .code = code,
              .campaign = campaign.slug,
              .referrer_id = referrer.referrer_id,
              .location = std::move(*location),
              .is_unproven = is_unproven};
    if (store.links().add(link)) return link;  // else the code is taken: another one
  }
}

void republish_links(Store& store, const Market& market, const Campaign& campaign, const Referrer& referrer,
                     std::int64_t referral_count) {
  for (const Link& link : store.links().of_referrer(market.market_id, referrer.referrer_id)) {
    const auto location = link_location(market, campaign, referrer, link.code, referral_count);
    if (location) store.links().move(market.market_id, link.code, *location);
  }
}

std::string share_url(const Market& market, std::string_view code) {
  return market_url(market) + "/r/" + std::string(code);
}

std::string dashboard_url(const Market& market, const Campaign& campaign, const Referrer& referrer) {
  const std::string widget = market_url(market) + "/iaf/" + campaign.slug + "/embed?market=" + market.slug;
  if (campaign.page_url.empty()) return widget;
  const auto bp_e = auto_sign_up(market, referrer);
  if (!bp_e) return campaign.page_url;
  const auto url = append_query_param(campaign.page_url, "bp_e", *bp_e);
  return url ? *url : campaign.page_url;
}

}  // namespace refedge::origin
