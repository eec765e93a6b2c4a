#include "edge/nginx/capture.h"

#include <optional>
#include <string_view>

#include "edge/nginx/answers.h"
#include "edge/nginx/config.h"
#include "edge/nginx/consent.h"
#include "edge/nginx/guard.h"
#include "edge/nginx/link_lookup.h"
#include "edge/nginx/referral_cookie.h"
#include "edge/nginx/request_context.h"
#include "edge/nginx/request_headers.h"
#include "refedge/capture.h"
#include "refedge/handoff.h"
#include "refedge/query.h"

namespace refedge::edge {
namespace {

ngx_http_output_header_filter_pt next_header_filter;

// The query as the visitor sent it: rewrites and try_files change r->args.
std::string_view query_of(const ngx_http_request_t* r) noexcept {
  const std::string_view target = to_view(r->unparsed_uri);
  const std::size_t mark = target.find('?');
  return mark == std::string_view::npos ? std::string_view() : target.substr(mark);
}

// Only a page that a person looks at captures: an image or a frame with ?ref= in its address would be how a
// stranger's page plants a cookie.
bool is_page(const VisitHeaders& headers) noexcept {
  return headers.sec_fetch_dest.empty() || headers.sec_fetch_dest == "document";
}

// Signs for a link that serves. Where nothing can be signed, because the table or the market's key is
// missing, the script's cookie is better than none; a code that the table does not have is nobody's.
void choose_cookie(ngx_http_request_t* r, Worker& worker, const LinkLookup& link, RequestContext& context) {
  const bool serves = link.outcome == LookupOutcome::kFound &&
                      link_serves(link.record, static_cast<std::uint64_t>(ngx_time()));
  if (!serves && link.outcome != LookupOutcome::kUnavailable) return;
  if (serves)
    context.capture_cookie =
        make_set_cookie(r, worker, {context.code, {}, link.record.market_id, ngx_time()});
  context.capture_is_signed = !context.capture_cookie.empty();
  if (!context.capture_is_signed)
    context.capture_cookie = make_unsigned_set_cookie(r, worker, context.code, ngx_time());
}

// The cookie of the request, where it is for this code and its tag holds.
std::optional<ReferralCookie> previous_cookie(ngx_http_request_t* r, const LinkLookup& link,
                                              std::string_view code) {
  if (link.outcome != LookupOutcome::kFound) return std::nullopt;
  return find_cookie_of_link(r, code, link.record.market_id);
}

// A referral that another domain hands over keeps the click that it had there. A token that does not hold is
// nobody's.
void judge_handoff(ngx_http_request_t* r, RequestContext& context, std::string_view query) {
  const auto token = find_query_param(query, kHandoffName);
  const auto said = token ? parse_handoff(*token) : Result<ReferralCookie>(Errc::kNotFound);
  if (!said) return;
  const VisitHeaders headers = read_visit_headers(r, consent_header_name(r));
  Worker& worker = worker_of(main_config(r));
  const LinkLookup link = look_up_link(r, worker, said->code);
  const bool serves = link.outcome == LookupOutcome::kFound &&
                      link_serves(link.record, static_cast<std::uint64_t>(ngx_time()));
  if (!serves || worker.judge(headers.visit) != VisitVerdict::kHuman || !is_page(headers)) return;
  const auto cookie = take_handoff(r, *token, link.record.market_id);
  if (!cookie) return;
  if (!may_set_cookie(r, headers)) return worker.count(Counter::kConsentDenied);
  context.code = copy_to_pool(r->pool, cookie->code);
  context.click_id = copy_to_pool(r->pool, cookie->click_id);
  context.capture_cookie = make_set_cookie(
      r, worker, {context.code, context.click_id, link.record.market_id, cookie->captured_at});
  context.capture_is_signed = !context.capture_cookie.empty();
}

void judge(ngx_http_request_t* r, RequestContext& context) {
  PageVisit page{.query = query_of(r),
                 .verdict = VisitVerdict::kHuman,
                 .may_store = true,
                 .previous = nullptr,
                 .now = ngx_time(),
                 .window_seconds = location_config(r).repeat_window_seconds};
  if (page.query.empty() || (r->method & NGX_HTTP_GET) == 0) return;
  const Capture asked = judge_capture(page);
  if (asked.code.empty()) return judge_handoff(r, context, page.query);

  const VisitHeaders headers = read_visit_headers(r, consent_header_name(r));
  Worker& worker = worker_of(main_config(r));
  const LinkLookup link = look_up_link(r, worker, asked.code);
  const auto previous = previous_cookie(r, link, asked.code);
  page.verdict = worker.judge(headers.visit);
  page.may_store = may_set_cookie(r, headers);
  page.previous = previous ? &*previous : nullptr;
  const CaptureVerdict verdict = judge_capture(page).verdict;

  context.code = copy_to_pool(r->pool, asked.code);
  context.verdict = visit_verdict_name(page.verdict);
  context.market = link.record.market_id;
  context.location = link.record.location;
  if (previous) context.click_id = copy_to_pool(r->pool, previous->click_id);
  if (verdict == CaptureVerdict::kNoConsent) worker.count(Counter::kConsentDenied);
  if (verdict == CaptureVerdict::kSet && is_page(headers)) choose_cookie(r, worker, link, context);
}

// Internal redirects forget the context; then it is judged again. A share link is a click, and has its own
// cookie.
RequestContext* judged_context(ngx_http_request_t* r) {
  if (r != r->main || location_config(r).capture == 0 || location_config(r).redirect != 0) return nullptr;
  RequestContext& context = make_context(r);
  if (context.capture_is_judged) return &context;
  context.capture_is_judged = true;
  judge(r, context);
  return &context;
}

// A page that is gone or an origin that fails still had a friend's visit; a request that was refused had
// none.
bool takes_cookie(ngx_uint_t status) noexcept {
  const bool is_refusal = status >= 400 && status < 500 && status != NGX_HTTP_NOT_FOUND && status != 410;
  return status >= 200 && !is_refusal;
}

// `private` keeps a shared cache in front of this nginx from giving one visitor's cookie to all.
void add_cookie(ngx_http_request_t* r) {
  const RequestContext* context = judged_context(r);
  if (context == nullptr || context->capture_cookie.empty() || !takes_cookie(r->headers_out.status)) return;
  add_response_header(r, "Set-Cookie", context->capture_cookie);
  add_response_header(r, "Cache-Control", "private");
  worker_of(main_config(r))
      .count(context->capture_is_signed ? Counter::kCaptures : Counter::kUnsignedCaptures);
}

// A page is worth more than its cookie: what fails here is logged and the response goes on.
ngx_int_t filter_headers(ngx_http_request_t* r) {
  guard(r->connection->log, 0, [r] { return add_cookie(r), 0; });
  return next_header_filter(r);
}

}  // namespace

ngx_int_t handle_capture(ngx_http_request_t* r) {
  return guard(r->connection->log, ngx_int_t{NGX_DECLINED}, [r]() -> ngx_int_t {
    static_cast<void>(judged_context(r));
    return NGX_DECLINED;
  });
}

void install_capture_filter() {
  next_header_filter = ngx_http_top_header_filter;
  ngx_http_top_header_filter = filter_headers;
}

}  // namespace refedge::edge
