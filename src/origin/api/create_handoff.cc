#include "origin/api/answers.h"
#include "origin/api/endpoints.h"
#include "origin/api/page_access.h"
#include "origin/domain/handoff.h"

namespace refedge::origin {

Reply create_handoff(const Request& request, Context& context) {
  const auto market = context.store.markets().find_by_domain(request.host);
  if (!market) return not_found("");
  const auto token = hand_off(context.store, market->market_id, request.attribution, context.now());
  // A token has no character that JSON escapes.
  Response response = json_answer(200, token ? R"({"handoff":")" + *token + R"("})" : R"({"handoff":null})");
  response.headers.emplace_back("Cache-Control", "no-store");
  allow_own_pages(request, market->domain, response);
  return response;
}

}  // namespace refedge::origin
