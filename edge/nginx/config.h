// What the directives say.
#pragma once

#include <new>
#include <utility>

#include "edge/nginx/ngx.h"
#include "edge/nginx/worker.h"
#include "edge/visit/cookie_form.h"
#include "edge/visit/cookie_keys.h"
#include "refedge/consent.h"
#include "refedge/destination.h"

namespace refedge::edge {

// Of http{}. A C struct, because nginx's stock setters write into it by offset.
struct MainConfig {
  ngx_str_t links_directory;  // empty: not configured
  size_t link_memory;         // bytes of a worker
  ngx_str_t spool_directory;
  size_t spool_max_bytes;
  size_t spool_segment_bytes;
  ngx_msec_t spool_rotate_ms;    // 0: only when full
  SpoolSync spool_sync;
  ngx_msec_t spool_sync_ms;      // the interval of SpoolSync::kInterval, 0 for the others
  const CookieKeys* keys;     // null: no refedge_keys; lives in the configuration's pool
  ngx_shm_zone_t* counters;   // null without refedge_links
  bool captures;              // some location has `refedge_capture on`
  bool tracks;                // some location has `refedge_track on`
  Worker* worker;             // null in the master; made after fork
};

// Of a location. Pointers are never null after merging; what they point to lives in the configuration's pool.
struct LocationConfig {
  ngx_flag_t redirect;
  ngx_uint_t redirect_status;  // 302 or 307
  ngx_flag_t track;
  ngx_msec_t track_timeout_ms;
  ngx_flag_t capture;
  ngx_flag_t preview;
  ngx_flag_t forget;
  ngx_flag_t status;
  ngx_uint_t status_format;    // a StatusFormat; unset: by the request
  time_t repeat_window_seconds;
  const CookieForm* cookie;
  const ConsentRule* consent;  // a header's name in lower case
  const DestinationRule* query;
  ngx_str_t fallback;          // empty: none
  ngx_str_t referrer_policy;   // empty: no header
};

// The configuration part of nginx's module interface.
void* create_main_config(ngx_conf_t* cf);
char* init_main_config(ngx_conf_t* cf, void* data);
void* create_location_config(ngx_conf_t* cf);
char* merge_location_config(ngx_conf_t* cf, void* parent, void* child);

// keep_in_pool moves a value into `pool`, which destroys it with itself. Null when there is no memory.
template <class Value>
const Value* keep_in_pool(ngx_pool_t* pool, Value value) {
  ngx_pool_cleanup_t* cleanup = ngx_pool_cleanup_add(pool, sizeof(Value));
  if (cleanup == nullptr) return nullptr;
  auto* kept = new (cleanup->data) Value(std::move(value));
  cleanup->handler = [](void* object) { static_cast<Value*>(object)->~Value(); };
  return kept;
}

[[nodiscard]] inline MainConfig& main_config(ngx_http_request_t* r) noexcept {
  return *static_cast<MainConfig*>(ngx_http_get_module_main_conf(r, ngx_http_refedge_module));
}

[[nodiscard]] inline const LocationConfig& location_config(ngx_http_request_t* r) noexcept {
  return *static_cast<const LocationConfig*>(ngx_http_get_module_loc_conf(r, ngx_http_refedge_module));
}

// worker_of gives this process's worker state, made on the first use where init_process did not run (nginx with
// master_process off, after a reload). Throws std::bad_alloc.
[[nodiscard]] Worker& worker_of(MainConfig& config);

}  // namespace refedge::edge
