#include "origin/api/answers.h"
#include "origin/api/endpoints.h"
#include "origin/api/query_text.h"
#include "origin/domain/market_access.h"
#include "origin/domain/publishing.h"
#include "origin/widget/qr.h"

namespace refedge::origin {
namespace {

// A code's picture never changes.
Response picture(std::string content_type, std::string body) {
  Response response{.status = 200, .content_type = std::move(content_type), .body = std::move(body)};
  response.headers = {{"Content-Security-Policy", "default-src 'none'"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Cache-Control", "private, max-age=86400"}};
  return response;
}

}  // namespace

Reply show_qr_code(const Request& request, Context& context) {
  const auto market = find_market(context.store, query_text(request.query, "market"));
  if (!market) return refusal({Errc::kNotFound, "market"});
  const std::string format = query_text(request.query, "format");
  if (format != "svg" && format != "png") return refusal({Errc::kInvalidField, "format"});
  const auto link = context.store.links().find(market->market_id, query_text(request.query, "code"));
  if (!link || link->campaign != request.path_value) return not_found("code");
  const std::string url = share_url(*market, link->code);
  if (format == "svg") return picture("image/svg+xml", qr_svg(url));
  Response png = picture("image/png", qr_png(url));
  png.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + link->campaign + ".png\"");
  return png;
}

}  // namespace refedge::origin
