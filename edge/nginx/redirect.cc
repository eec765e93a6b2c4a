#include "edge/nginx/redirect.h"

#include <cstdint>
#include <string_view>

#include "edge/nginx/answers.h"
#include "edge/nginx/config.h"
#include "edge/nginx/guard.h"
#include "edge/nginx/link_lookup.h"
#include "edge/nginx/referral_cookie.h"
#include "edge/nginx/request_context.h"
#include "edge/nginx/request_headers.h"
#include "refedge/click_id_text.h"
#include "refedge/visit.h"

namespace refedge::edge {
namespace {

std::string_view last_segment(std::string_view path) noexcept { return path.substr(path.rfind('/') + 1); }

std::uint64_t unix_ms() noexcept {
  const ngx_time_t* now = ngx_timeofday();
  return static_cast<std::uint64_t>(now->sec) * 1000 + now->msec;
}

// Records the visit and sends the friend on.
ngx_int_t follow(ngx_http_request_t* r, Worker& worker, std::string_view code, const LinkRecord& link) {
  const std::uint64_t at_ms = unix_ms();
  const VisitVerdict verdict = visit_verdict(visit_of(r));
  const ClickIdText click_id = format_click_id(at_ms, worker.random_bytes());
  RequestContext& context = make_context(r);
  context.code = code;
  context.click_id = copy_to_pool(r->pool, {click_id.data(), click_id.size()});
  context.verdict = visit_verdict_name(verdict);

  const MarketIdText market = format_market_id(link.market_id);
  worker.record({context.click_id, code, {market.data(), market.size()}, at_ms, verdict}, r->connection->log);

  std::string_view set_cookie;
  if (verdict == VisitVerdict::kHuman)
    set_cookie = make_set_cookie(r, worker, {code, context.click_id, link.market_id,
                                             static_cast<std::int64_t>(at_ms / 1000)});
  return answer_redirect(r, link.location, set_cookie);
}

ngx_int_t redirect(ngx_http_request_t* r) {
  if ((r->method & (NGX_HTTP_GET | NGX_HTTP_HEAD)) == 0) return answer_method_not_allowed(r);
  if (const ngx_int_t discarded = ngx_http_discard_request_body(r); discarded != NGX_OK) return discarded;

  Worker& worker = worker_of(main_config(r));
  const std::string_view code = last_segment(to_view(r->uri));
  const LinkLookup link = look_up_link(r, worker, code);
  if (link.outcome == LookupOutcome::kUnavailable) return answer_unavailable(r);
  const bool serves = link.outcome == LookupOutcome::kFound &&
                      link_serves(link.record, static_cast<std::uint64_t>(ngx_time()));
  return serves ? follow(r, worker, code, link.record) : answer_unknown(r);
}

}  // namespace

ngx_int_t handle_redirect(ngx_http_request_t* r) {
  return guard(r->connection->log, ngx_int_t{NGX_HTTP_INTERNAL_SERVER_ERROR}, [r] { return redirect(r); });
}

}  // namespace refedge::edge
