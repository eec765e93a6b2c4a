#include <array>

#include "origin/api/answers.h"
#include "origin/api/endpoints.h"
#include "origin/api/json_object.h"
#include "origin/domain/market_access.h"
#include "origin/domain/site.h"
#include "origin/domain/tracking.h"
#include "refedge/track.h"

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

Response track_order(const Request& request, Context& context, const JsonObject& body, const Market& market) {
  if (const auto valid = validate_track(body.fields()); !valid) return refusal(valid.error());
  const auto tracked =
      track(context.store, market,
            {.fields = body.fields(), .attribution_header = request.attribution, .now = context.now()});
  if (!tracked) return refusal(tracked.error());
  if (tracked->has_referral) context.tell_change();
  return json_answer(tracked->has_referral ? 201 : 200, tracked->answer);
}

// What is wrong with a payload that names no market of ours: its own faults come first.
Response refuse_market(const JsonObject& body) {
  const auto valid = validate_track(body.fields());
  return refusal(valid ? Error{Errc::kNotFound, "market"} : valid.error());
}

// Until the body names a market, the host that was asked stands for it.
Response with_host(const Request& request, Response response) {
  allow_page(request, request.host, response);
  return response;
}

}  // namespace

Reply create_conversion(const Request& request, Context& context) {
  const auto body = JsonObject::parse(request.body, "");
  if (!body) return with_host(request, refusal(body.error()));
  const auto market = find_market(context.store, body->text("market"));
  if (!market) return with_host(request, refuse_market(*body));
  Response response = track_order(request, context, *body, *market);
  allow_page(request, market->domain, response);
  return response;
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
