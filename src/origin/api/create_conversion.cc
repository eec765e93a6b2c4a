#include "origin/api/answers.h"
#include "origin/api/endpoints.h"
#include "origin/api/page_access.h"
#include "origin/api/take_conversion.h"

namespace refedge::origin {

Reply create_conversion(const Request& request, Context& context) {
  TakenConversion taken = take_conversion(
      context, {request.body, request.attribution, context.now()},
      [&](const Market& market, const TrackRequest& order) { return track(context.store, market, order); });
  if (taken.has_referral) context.tell_change();
  // Until the body names a market, the host that was asked stands for it.
  allow_pages(request, taken.market_domain.empty() ? request.host : taken.market_domain, taken.response);
  return std::move(taken.response);
}

Reply preflight_conversion(const Request& request, Context& context) {
  Response response{.status = 204, .content_type = {}, .body = {}};
  const auto market = context.store.markets().find_by_domain(request.host);
  if (!market) return response;
  allow_pages(request, market->domain, response);
  response.headers.emplace_back("Access-Control-Allow-Methods", "POST");
  response.headers.emplace_back("Access-Control-Allow-Headers", "Content-Type");
  response.headers.emplace_back("Access-Control-Max-Age", "600");
  return response;
}

}  // namespace refedge::origin
