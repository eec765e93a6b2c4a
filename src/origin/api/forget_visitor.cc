#include <string>

#include "origin/api/answers.h"
#include "origin/api/endpoints.h"
#include "origin/api/page_access.h"
#include "origin/domain/site.h"
#include "refedge/cookie.h"

namespace refedge::origin {
namespace {

// A cookie goes only by the scope that it was set for; `domain` is empty for the host alone.
void add_removal(Response& response, std::string_view domain) {
  auto removal = build_set_cookie({.name = kEdgeCookieName, .value = {}, .domain = domain});
  if (removal) response.headers.emplace_back("Set-Cookie", *std::move(removal));
}

}  // namespace

Reply forget_visitor(const Request& request, Context& context) {
  const auto market = context.store.markets().find_by_domain(request.host);
  if (!market) return not_found("");
  // Somebody else's page must not make a visitor's referral go.
  if (!is_of_site(request.page_origin, market->domain)) return refusal({Errc::kInvalidField, "origin"});
  const std::string host = host_of(market->domain);
  const std::string domain = registrable_domain(host);
  Response response = json_answer(200, "{}");
  response.headers.emplace_back("Cache-Control", "no-store");
  add_removal(response, {});
  if (domain != host || host.find('.') != std::string::npos) add_removal(response, domain);
  allow_own_pages(request, market->domain, response);
  return response;
}

}  // namespace refedge::origin
