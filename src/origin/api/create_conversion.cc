#include "origin/api/answers.h"
#include "origin/api/endpoints.h"
#include "origin/api/take_conversion.h"
#include "origin/domain/site.h"

namespace refedge::origin {
namespace {

// A page of the market's own site may read the answer; others may not. The cookie reaches the edge because
// of the credentials.
void allow_page(const Request& request, std::string_view market_domain, Response& response) {
  response.headers.emplace_back("Vary", "Origin");
  if (request.page_origin.empty() || !is_of_site(request.page_origin, market_domain)) return;
  response.headers.emplace_back("Access-Control-Allow-Origin", request.page_origin);
  response.headers.emplace_back("Access-Control-Allow-Credentials", "true");
}

}  // namespace

Reply create_conversion(const Request& request, Context& context) {
  TakenConversion taken = take_conversion(
      context, {request.body, request.attribution, context.now()},
      [&](const Market& market, const TrackRequest& order) { return track(context.store, market, order); });
  if (taken.has_referral) context.tell_change();
  // Until the body names a market, the host that was asked stands for it.
  allow_page(request, taken.market_domain.empty() ? request.host : taken.market_domain, taken.response);
  return std::move(taken.response);
}

Reply preflight_conversion(const Request& request, Context& context) {
  Response response{.status = 204, .content_type = {}, .body = {}};
  const auto market = context.store.markets().find_by_domain(request.host);
  if (!market) return response;
  allow_page(request, market->domain, response);
  response.headers.emplace_back("Access-Control-Allow-Methods", "POST");
  response.headers.emplace_back("Access-Control-Allow-Headers", "Content-Type");
  response.headers.emplace_back("Access-Control-Max-Age", "600");
  return response;
}

}  // namespace refedge::origin
