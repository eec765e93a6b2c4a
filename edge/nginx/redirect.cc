#include "edge/nginx/redirect.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "edge/nginx/answers.h"
#include "edge/nginx/config.h"
#include "edge/nginx/consent.h"
#include "edge/nginx/guard.h"
#include "edge/nginx/link_lookup.h"
#include "edge/nginx/preview.h"
#include "edge/nginx/referral_cookie.h"
#include "edge/nginx/request_context.h"
#include "edge/nginx/request_headers.h"
#include "refedge/capture.h"
#include "refedge/click_id_text.h"
#include "refedge/destination.h"
#include "refedge/visit.h"

namespace refedge::edge {
namespace {

constexpr std::string_view kRepeat = "repeat";

std::uint64_t unix_ms() noexcept {
  const ngx_time_t* now = ngx_timeofday();
  return static_cast<std::uint64_t>(now->sec) * 1000 + now->msec;
}

constexpr Counter counter_of(VisitVerdict verdict) noexcept {
  switch (verdict) {
    case VisitVerdict::kHuman: return Counter::kHuman;
    case VisitVerdict::kBot: return Counter::kBot;
    case VisitVerdict::kUnfurler: return Counter::kUnfurler;
    case VisitVerdict::kPrefetch: return Counter::kPrefetch;
    case VisitVerdict::kHead: return Counter::kHead;
  }
  return Counter::kBot;
}

// A link that serves, being followed.
struct Follow {
  ngx_http_request_t* r;
  Worker& worker;
  std::string_view code;
  const LinkRecord& link;
  std::uint64_t at_ms;
  const ClickIdText& click_id;  // of the click that this may be
  RequestContext& context;

  [[nodiscard]] std::int64_t now() const noexcept { return static_cast<std::int64_t>(at_ms / 1000); }
};

void record_click(const Follow& follow, VisitVerdict verdict) {
  const MarketIdText market = format_market_id(follow.link.market_id);
  follow.context.click_id = copy_to_pool(follow.r->pool, {follow.click_id.data(), follow.click_id.size()});
  follow.context.verdict = visit_verdict_name(verdict);
  follow.worker.count(counter_of(verdict));
  follow.worker.record({follow.context.click_id, follow.code, {market.data(), market.size()}, follow.at_ms, verdict},
                       follow.r->connection->log);
}

// A friend who comes again within the window is the click that their cookie remembers: it is not recorded twice.
bool is_repeat(const Follow& follow) {
  const auto previous = find_cookie_of_link(follow.r, follow.code, follow.link.market_id);
  const std::int64_t window = location_config(follow.r).repeat_window_seconds;
  if (!previous || !is_repeat_click(*previous, follow.code, follow.now(), window)) return false;
  follow.context.click_id = copy_to_pool(follow.r->pool, previous->click_id);
  follow.context.verdict = kRepeat;
  follow.worker.count(Counter::kRepeat);
  return true;
}

// Records a friend's click and gives their cookie, empty where there is none to set.
std::string_view receive_friend(const Follow& follow, const VisitHeaders& headers) {
  const bool may_store = may_set_cookie(follow.r, headers);
  if (may_store && is_repeat(follow)) return {};
  record_click(follow, VisitVerdict::kHuman);
  if (may_store)
    return make_set_cookie(follow.r, follow.worker,
                           {follow.code, follow.context.click_id, follow.link.market_id, follow.now()});
  follow.worker.count(Counter::kConsentDenied);
  return {};
}

std::string_view destination_of(const Follow& follow) {
  std::string buffer;
  const std::string_view location = follow.link.location;
  const std::string_view built =
      build_destination(location, to_view(follow.r->args), *location_config(follow.r).query, buffer);
  return built.data() == location.data() ? location : copy_to_pool(follow.r->pool, built);
}

ngx_int_t answer_visit(const Follow& follow, const VisitHeaders& headers, VisitVerdict verdict) {
  ngx_http_request_t* r = follow.r;
  std::string_view set_cookie;
  if (verdict == VisitVerdict::kHuman) set_cookie = receive_friend(follow, headers);
  else record_click(follow, verdict);

  if (verdict == VisitVerdict::kUnfurler && location_config(r).preview != 0) {
    const std::string_view page = make_preview(r, follow.link.preview);
    if (!page.empty()) return follow.worker.count(Counter::kPreviews), answer_preview(r, page);
  }
  follow.worker.count(Counter::kRedirects);
  return answer_redirect(r, location_config(r).redirect_status, destination_of(follow), set_cookie);
}

Counter reason_of(const LinkLookup& link) noexcept {
  switch (link.outcome) {
    case LookupOutcome::kUnknown: return Counter::kUnknown;
    case LookupOutcome::kDamaged: return Counter::kDamaged;
    case LookupOutcome::kUnavailable: return Counter::kUnavailable;
    case LookupOutcome::kFound: break;
  }
  if (link.record.state == LinkState::kBlocked) return Counter::kBlocked;
  return link.record.state == LinkState::kWithdrawn ? Counter::kWithdrawn : Counter::kExpired;
}

// Where a link that does not serve leads: the link's own fallback, the location's, or a small page.
ngx_int_t answer_miss(ngx_http_request_t* r, Worker& worker, const LinkLookup& link) {
  worker.count(reason_of(link));
  const std::string_view configured = to_view(location_config(r).fallback);
  const std::string_view fallback = link.record.fallback.empty() ? configured : link.record.fallback;
  if (!fallback.empty()) {
    worker.count(Counter::kFallbacks);
    return answer_redirect(r, location_config(r).redirect_status, fallback, {});
  }
  return link.outcome == LookupOutcome::kUnavailable ? answer_unavailable(r) : answer_unknown(r);
}

ngx_int_t redirect(ngx_http_request_t* r) {
  if ((r->method & (NGX_HTTP_GET | NGX_HTTP_HEAD)) == 0) return answer_method_not_allowed(r);
  if (const ngx_int_t discarded = ngx_http_discard_request_body(r); discarded != NGX_OK) return discarded;

  Worker& worker = worker_of(main_config(r));
  const std::string_view code = worker.code_of(to_view(r->uri));
  // What does not need the link comes first: meanwhile memory brings it.
  worker.expect_link_record(code);
  const VisitHeaders headers = read_visit_headers(r, consent_header_name(r));
  const VisitVerdict verdict = worker.judge(headers.visit);
  const std::uint64_t at_ms = unix_ms();
  const ClickIdText click_id = format_click_id(at_ms, worker.random_bytes());
  const LinkLookup link = look_up_link(r, worker, code);
  if (link.outcome != LookupOutcome::kFound) return answer_miss(r, worker, link);

  RequestContext& context = make_context(r);
  context.code = code;
  context.market = link.record.market_id;
  context.location = link.record.location;
  if (!link_serves(link.record, at_ms / 1000)) return answer_miss(r, worker, link);
  return answer_visit({r, worker, code, link.record, at_ms, click_id, context}, headers, verdict);
}

}  // namespace

ngx_int_t foresee_redirect(ngx_http_request_t* r) {
  Worker* worker = main_config(r).worker;
  if (worker != nullptr) worker->expect_link(to_view(r->uri));
  return NGX_DECLINED;
}

ngx_int_t handle_redirect(ngx_http_request_t* r) {
  return guard(r->connection->log, ngx_int_t{NGX_HTTP_INTERNAL_SERVER_ERROR}, [r] { return redirect(r); });
}

}  // namespace refedge::edge
