#include "edge/nginx/track_filter.h"

#include "edge/nginx/config.h"
#include "edge/nginx/guard.h"
#include "edge/nginx/track.h"
#include "edge/nginx/track_answer.h"
#include "json/error_json.h"

namespace refedge::edge {
namespace {

ngx_http_output_header_filter_pt next_header_filter;
ngx_http_output_body_filter_pt next_body_filter;

void stop_waiting(PendingConversion& order) {
  if (order.timer.timer_set) ngx_del_timer(&order.timer);
}

// Prepares our answer to the order in place of what was about to be sent.
TrackAnswer make_answer(PendingConversion& order) {
  stop_waiting(order);
  order.is_ours = true;
  if (!order.is_preflight) return order_answer(order.request, keep_conversion(order));
  order.is_settled = true;
  return preflight_answer(order.request);
}

// Sends the headers of `answer` and its body through the filters behind ours; all bodies that come later are
// dropped.
ngx_int_t send_now(ngx_http_request_t* r, const TrackAnswer& answer) {
  set_answer_headers(r, answer);
  const ngx_int_t sent = next_header_filter(r);
  if (sent == NGX_ERROR || sent > NGX_OK || r->header_only) return sent;
  ngx_chain_t body{answer.body, nullptr};
  return next_body_filter(r, &body);
}

// A page that error_page serves may have any status: what counts is whether the upstream has answered.
bool is_answered(const ngx_http_request_t* r) noexcept {
  const ngx_uint_t upstream = r->upstream == nullptr ? NGX_HTTP_OK : r->upstream->headers_in.status_n;
  return upstream != 0 && upstream < NGX_HTTP_INTERNAL_SERVER_ERROR &&
         r->headers_out.status < NGX_HTTP_INTERNAL_SERVER_ERROR;
}

ngx_int_t answer_too_large(ngx_http_request_t* r) {
  PendingConversion& order = make_pending(r);
  order.is_settled = order.is_ours = true;
  return send_now(r, order_answer(r, {NGX_HTTP_REQUEST_ENTITY_TOO_LARGE,
                                      error_json("", "too_large",
                                                 "the request's body is larger than this resource takes")}));
}

ngx_int_t filter_header(ngx_http_request_t* r) {
  if (r != r->main) return next_header_filter(r);
  PendingConversion* order = find_pending(r);
  const bool is_too_large =
      r->headers_out.status == NGX_HTTP_REQUEST_ENTITY_TOO_LARGE && r->upstream == nullptr;
  if (is_too_large && is_conversion_request(r) && (order == nullptr || !order->is_settled))
    return guard(r->connection->log, ngx_int_t{NGX_ERROR}, [r] { return answer_too_large(r); });
  if (order == nullptr || order->is_settled) return next_header_filter(r);
  if (!is_answered(r))
    return guard(r->connection->log, ngx_int_t{NGX_ERROR}, [&] { return send_now(r, make_answer(*order)); });
  order->is_settled = true;
  stop_waiting(*order);
  return next_header_filter(r);
}

void drop(ngx_chain_t* chain) noexcept {
  for (; chain != nullptr; chain = chain->next) {
    chain->buf->pos = chain->buf->last;
    chain->buf->file_pos = chain->buf->file_last;
  }
}

ngx_int_t filter_body(ngx_http_request_t* r, ngx_chain_t* in) {
  const PendingConversion* order = r == r->main ? find_pending(r) : nullptr;
  if (order == nullptr || !order->is_ours) return next_body_filter(r, in);
  drop(in);
  return r->out == nullptr ? NGX_OK : next_body_filter(r, nullptr);  // what is left of our own answer
}

// The time is over. The upstream's cleanup gives its connection up and counts the request down; the answer
// needs it still.
void give_up(ngx_event_t* event) {
  auto* order = static_cast<PendingConversion*>(event->data);
  ngx_http_request_t* r = order->request;
  ngx_connection_t* connection = r->connection;
  if (order->is_settled || r->header_sent || r->upstream == nullptr || r->upstream->cleanup == nullptr)
    return;
  ngx_http_set_log_request(connection->log, r);
  ngx_log_error(NGX_LOG_WARN, connection->log, 0, "refedge: the origin did not answer for an order in time");
  ++r->main->count;
  (*r->upstream->cleanup)(r);
  const ngx_int_t sent = guard(connection->log, ngx_int_t{NGX_ERROR}, [&] {
    const TrackAnswer answer = make_answer(*order);
    return send_now(r, answer);
  });
  ngx_http_finalize_request(r, sent);
  ngx_http_run_posted_requests(connection);
}

}  // namespace

void start_waiting(PendingConversion& order) {
  order.timer.data = &order;
  order.timer.handler = give_up;
  order.timer.log = order.request->connection->log;
  ngx_add_timer(&order.timer, location_config(order.request).track_timeout_ms);
}

void install_track_filter() noexcept {
  next_header_filter = ngx_http_top_header_filter;
  ngx_http_top_header_filter = filter_header;
  next_body_filter = ngx_http_top_body_filter;
  ngx_http_top_body_filter = filter_body;
}

}  // namespace refedge::edge
