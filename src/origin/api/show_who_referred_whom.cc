#include "origin/api/answers.h"
#include "origin/api/endpoints.h"
#include "origin/api/query_number.h"
#include "origin/domain/market_access.h"
#include "origin/domain/report.h"

namespace refedge::origin {
namespace {

constexpr std::int64_t kLastSecond = 253402300799;  // 9999-12-31T23:59:59Z

Result<ReportRange> parse_range(std::string_view query, std::int64_t now) {
  const auto starts_at = query_number(query, "starts_at", kLastSecond);
  if (!starts_at) return starts_at.error();
  const auto ends_at = query_number(query, "ends_at", kLastSecond);
  if (!ends_at) return ends_at.error();
  return report_range(*starts_at, *ends_at, now);
}

}  // namespace

Reply show_who_referred_whom(const Request& request, Context& context) {
  const auto market = authenticate(context.store, request.auth_id, request.auth_token);
  if (!market) return unauthorized();
  const auto range = parse_range(request.query, context.now());
  if (!range) return refusal(range.error());
  const auto campaign = context.store.campaigns().find(market->market_id, request.path_value);
  if (!campaign) return not_found("campaign");
  Response response =
      json_answer(200, who_referred_whom(context.store, market->market_id, campaign->slug, *range));
  response.content_type = "text/csv; charset=utf-8";
  return response;
}

}  // namespace refedge::origin
