#include "edge/nginx/conversion.h"

#include <new>

#include "edge/nginx/config.h"
#include "edge/nginx/guard.h"
#include "edge/spool/conversion_payload.h"
#include "json/error_json.h"
#include "json/json_object.h"
#include "refedge/click_id.h"
#include "refedge/track.h"
#include "refedge/utf8.h"

namespace refedge::edge {
namespace {

ConversionAnswer refuse(const Error& error) { return {422, error_json(error)}; }

std::string accepted_json(std::string_view order_number) {
  std::string json = R"({"order_number":)";
  append_json_string(json, order_number);
  return json += R"(,"referral":null,"reason":"accepted"})";
}

std::uint64_t unix_ms() noexcept {
  const ngx_time_t* now = ngx_timeofday();
  return static_cast<std::uint64_t>(now->sec) * 1000 + now->msec;
}

ConversionAnswer keep(const PendingConversion& order) {
  const auto object = JsonObject::parse(order.body, "");
  if (!object) return refuse(object.error());
  if (const auto valid = validate_track(object->fields()); !valid) return refuse(valid.error());

  ngx_http_request_t* r = order.request;
  Worker& worker = worker_of(main_config(r));
  const std::uint64_t at_ms = unix_ms();
  const std::string id = make_click_id(at_ms, worker.random_bytes());
  // Anybody can send a type of any bytes, and the agent's batches are JSON: one that is no text is not kept.
  const std::string_view type = is_valid_utf8(order.content_type) ? order.content_type : std::string_view();
  const auto payload =
      encode_conversion({id, object->text("market"), at_ms, type, order.attribution, order.body});
  if (!payload) return refuse(payload.error());
  if (worker.keep(*payload, at_ms, r->connection->log))
    return {202, accepted_json(object->text("order_number"))};
  return {NGX_HTTP_SERVICE_UNAVAILABLE,
          error_json("", "unavailable", "the order cannot be taken right now; please send it again")};
}

// The end of the request. Nobody hears an answer any more.
void release(void* data) {
  auto* order = static_cast<PendingConversion*>(data);
  if (order->timer.timer_set) ngx_del_timer(&order->timer);
  const bool is_whole = order->phase == NGX_DECLINED && !order->is_preflight;
  if (!is_whole || order->is_settled) return;
  guard(ngx_cycle->log, 0, [order] { return keep_conversion(*order).status == 202 ? 1 : 0; });
}

}  // namespace

ConversionAnswer keep_conversion(PendingConversion& order) {
  order.is_settled = true;
  return keep(order);
}

PendingConversion& make_pending(ngx_http_request_t* r) {
  ngx_pool_cleanup_t* cleanup = ngx_pool_cleanup_add(r->pool, sizeof(PendingConversion));
  if (cleanup == nullptr) throw std::bad_alloc();
  auto* order = new (cleanup->data) PendingConversion();
  order->request = r;
  cleanup->handler = release;
  return *order;
}

PendingConversion* find_pending(ngx_http_request_t* r) noexcept {
  for (ngx_pool_cleanup_t* cleanup = r->pool->cleanup; cleanup != nullptr; cleanup = cleanup->next)
    if (cleanup->handler == release) return static_cast<PendingConversion*>(cleanup->data);
  return nullptr;
}

}  // namespace refedge::edge
