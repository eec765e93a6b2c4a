#include "origin/api/answers.h"
#include "origin/api/endpoints.h"
#include "origin/api/field_rules.h"
#include "origin/api/query_text.h"
#include "origin/domain/market_access.h"
#include "origin/domain/random.h"
#include "origin/domain/site.h"
#include "origin/widget/pages.h"
#include "refedge/base64.h"
#include "refedge/limits.h"

namespace refedge::origin {
namespace {

// Pages of the market's own site may frame the widget, with the market's scheme and on any port that the
// market itself uses.
std::string frame_ancestors(const Market& market) {
  const std::string domain = registrable_domain(host_of(market.domain));
  const std::string port = host_of(market.domain).size() == market.domain.size() ? "" : ":*";
  const std::string origin = market.scheme + "://";
  return origin + domain + port + " " + origin + "*." + domain + port;
}

std::string content_policy(const Market& market, const std::string& nonce) {
  return "default-src 'none'; script-src 'nonce-" + nonce + "'; style-src 'nonce-" + nonce +
         "'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors " +
         frame_ancestors(market);
}

// What is no locale is not worth an error: the page is there, in the market's language.
std::string locale_of(const Request& request, const Market& market) {
  std::string locale = query_text(request.query, "locale");
  const bool is_locale =
      !locale.empty() && locale.size() <= kMaxLocaleLength && is_slug_text({.key = {}, .value = locale});
  return is_locale ? locale : market.locale;
}

Response page(std::string html, std::string policy) {
  Response response{.status = 200, .content_type = "text/html; charset=utf-8", .body = std::move(html)};
  response.headers = {{"Content-Security-Policy", std::move(policy)},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Referrer-Policy", "strict-origin-when-cross-origin"},
                      {"Cache-Control", "no-store"}};
  return response;
}

}  // namespace

Reply show_embed(const Request& request, Context& context) {
  const auto market = find_market(context.store, query_text(request.query, "market"));
  if (!market) return refusal({Errc::kNotFound, "market"});
  const auto campaign = context.store.campaigns().find(market->market_id, request.path_value);
  if (!campaign) return not_found("campaign");
  const std::string page_origin = query_text(request.query, "origin");
  if (!page_origin.empty() && !is_of_site(page_origin, market->domain)) {
    return refusal({Errc::kInvalidField, "origin"});
  }
  const std::string locale = locale_of(request, *market);
  const std::string nonce = base64_encode(random_bytes(16));
  return page(render_widget({.market = market->slug,
                             .campaign = campaign->slug,
                             .campaign_name = campaign->name,
                             .page_origin = page_origin,
                             .locale = locale,
                             .strings = context.strings.find(locale, market->locale),
                             .custom_field_label = campaign->custom_field.label,
                             .is_custom_field_required = campaign->custom_field.is_required,
                             .nonce = nonce}),
              content_policy(*market, nonce));
}

Reply show_open_graph(const Request& request, Context& context) {
  const auto market = context.store.markets().find_by_domain(request.host);
  if (!market) return not_found("market");
  const auto campaign = context.store.campaigns().find(market->market_id, request.path_value);
  if (!campaign) return not_found("campaign");
  const std::string nonce = base64_encode(random_bytes(16));
  const std::string url = market_url(*market) + "/iaf/" + campaign->slug + "/og";
  return page(
      render_open_graph({.title = campaign->name,
                         .url = url,
                         .target = campaign->page_url.empty() ? campaign->destination : campaign->page_url,
                         .description = campaign->pages.preview_description,
                         .image_url = campaign->pages.preview_image_url,
                         .strings = context.strings.find(market->locale, {}),
                         .nonce = nonce}),
      content_policy(*market, nonce));
}

}  // namespace refedge::origin
