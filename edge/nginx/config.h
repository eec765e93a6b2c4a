// What the directives say.
#pragma once

#include "edge/nginx/ngx.h"
#include "edge/nginx/worker.h"
#include "edge/visit/cookie_keys.h"

namespace refedge::edge {

// Of http{}. A C struct, because nginx's stock setters write into it by offset.
struct MainConfig {
  ngx_str_t links_directory;  // empty: not configured
  ngx_str_t spool_directory;
  size_t spool_max_bytes;
  size_t spool_segment_bytes;
  ngx_msec_t spool_rotate_ms;    // 0: only when full
  SpoolSync spool_sync;
  ngx_msec_t spool_sync_ms;      // the interval of SpoolSync::kInterval
  const CookieKeys* keys;     // null: no refedge_keys; lives in the configuration's pool
  bool tracks;                // some location has `refedge_track on`
  Worker* worker;             // null in the master; made after fork
};

// Of a location.
struct LocationConfig {
  ngx_flag_t redirect;
  ngx_flag_t track;
  ngx_msec_t track_timeout_ms;
  time_t cookie_max_age_seconds;
};

// The configuration part of nginx's module interface.
void* create_main_config(ngx_conf_t* cf);
void* create_location_config(ngx_conf_t* cf);
char* merge_location_config(ngx_conf_t* cf, void* parent, void* child);

[[nodiscard]] MainConfig& main_config(ngx_http_request_t* r) noexcept;
[[nodiscard]] const LocationConfig& location_config(ngx_http_request_t* r) noexcept;

// worker_of gives this process's worker state, made on the first use where init_process did not run (nginx with
// master_process off, after a reload). Throws std::bad_alloc.
[[nodiscard]] Worker& worker_of(MainConfig& config);

}  // namespace refedge::edge
