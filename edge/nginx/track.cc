#include "edge/nginx/track.h"

#include <algorithm>
#include <string_view>

#include "edge/nginx/config.h"
#include "edge/nginx/conversion.h"
#include "edge/nginx/guard.h"
#include "edge/nginx/referral_cookie.h"
#include "edge/nginx/request_body.h"
#include "edge/nginx/request_headers.h"
#include "edge/nginx/track_filter.h"
#include "edge/spool/conversion_payload.h"

namespace refedge::edge {
namespace {

constexpr std::string_view kHeader = "Refedge-Attribution";
constexpr std::string_view kLowerHeader = "refedge-attribution";

ngx_int_t attribute(ngx_http_request_t* r) {
  remove_request_header(r, kLowerHeader);
  Worker& worker = worker_of(main_config(r));
  const std::string_view cookie = find_verified_cookie(r, worker);
  if (cookie.empty()) return NGX_DECLINED;
  add_request_header(r, kHeader, kLowerHeader, cookie);
  worker.count(Counter::kAttributed);
  return NGX_DECLINED;
}

std::string_view content_type_of(ngx_http_request_t* r) {
  const ngx_table_elt_t* header = r->headers_in.content_type;
  const std::string_view text = header == nullptr ? std::string_view() : to_view(header->value);
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  return is_plain && text.size() <= kMaxContentType ? text : std::string_view();
}

// The body is whole.
ngx_int_t hold(PendingConversion& order) {
  ngx_http_request_t* r = order.request;
  const auto body = copy_request_body(r, kMaxConversionBody);
  if (!body) return NGX_HTTP_REQUEST_ENTITY_TOO_LARGE;
  order.body = *body;
  order.content_type = content_type_of(r);
  order.attribution = find_request_header(r, kLowerHeader);
  start_waiting(order);
  return NGX_DECLINED;
}

void on_body(ngx_http_request_t* r) {
  PendingConversion* order = find_pending(r);
  order->phase = guard(r->connection->log, ngx_int_t{NGX_HTTP_INTERNAL_SERVER_ERROR}, [order] { return hold(*order); });
  r->preserve_body = 1;
  r->write_event_handler = ngx_http_core_run_phases;
  ngx_http_core_run_phases(r);
}

ngx_int_t take(ngx_http_request_t* r) {
  if (const PendingConversion* known = find_pending(r)) return known->phase;
  if (r->headers_in.content_length_n > static_cast<off_t>(kMaxConversionBody)) return NGX_HTTP_REQUEST_ENTITY_TOO_LARGE;
  PendingConversion& order = make_pending(r);
  order.is_preflight = r->method == NGX_HTTP_OPTIONS;
  if (order.is_preflight) {
    start_waiting(order);
    return order.phase = NGX_DECLINED;
  }
  const ngx_int_t reading = ngx_http_read_client_request_body(r, on_body);
  if (reading >= NGX_HTTP_SPECIAL_RESPONSE) return reading;
  ngx_http_finalize_request(r, NGX_DONE);
  return NGX_DONE;
}

}  // namespace

ngx_int_t attribute_request(ngx_http_request_t* r) {
  if (location_config(r).track == 0) return NGX_DECLINED;
  return guard(r->connection->log, ngx_int_t{NGX_HTTP_INTERNAL_SERVER_ERROR}, [r] { return attribute(r); });
}

bool is_conversion_request(ngx_http_request_t* r) noexcept {
  if (location_config(r).track == 0 || r != r->main || main_config(r).spool_directory.len == 0) return false;
  return (r->method & (NGX_HTTP_POST | NGX_HTTP_OPTIONS)) != 0 && to_view(r->uri).ends_with("/track");
}

ngx_int_t take_conversion(ngx_http_request_t* r) {
  if (!is_conversion_request(r)) return NGX_DECLINED;
  return guard(r->connection->log, ngx_int_t{NGX_HTTP_INTERNAL_SERVER_ERROR}, [r] { return take(r); });
}

}  // namespace refedge::edge
