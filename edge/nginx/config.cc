#include "edge/nginx/config.h"

namespace refedge::edge {
namespace {

constexpr time_t kDefaultCookieAgeSeconds = 90 * 86400;
constexpr ngx_msec_t kDefaultTrackTimeoutMs = 3000;

void delete_worker(void* config) {
  auto* main = static_cast<MainConfig*>(config);
  delete main->worker;
  main->worker = nullptr;
}

char* refuse(ngx_conf_t* cf, const char* directive, const char* missing) {
  ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "\"%s on\" needs \"%s\" in http{}", directive, missing);
  return static_cast<char*>(NGX_CONF_ERROR);
}

SpoolWriter::Options spool_options(const MainConfig& config) {
  return {.directory = std::string(to_view(config.spool_directory)),
          .segment_bytes = config.spool_segment_bytes,
          .max_bytes = config.spool_max_bytes,
          .rotate_after_ms = config.spool_rotate_ms,
          .sync = config.spool_sync,
          .sync_interval = std::chrono::milliseconds(config.spool_sync_ms)};
}

}  // namespace

void* create_main_config(ngx_conf_t* cf) {
  auto* config = static_cast<MainConfig*>(ngx_pcalloc(cf->pool, sizeof(MainConfig)));
  ngx_pool_cleanup_t* cleanup = ngx_pool_cleanup_add(cf->pool, 0);
  if (config == nullptr || cleanup == nullptr) return nullptr;
  cleanup->handler = delete_worker;
  cleanup->data = config;
  const SpoolWriter::Options spool;
  config->spool_max_bytes = spool.max_bytes;
  config->spool_segment_bytes = spool.segment_bytes;
  config->spool_sync = SpoolSync::kInterval;
  config->spool_sync_ms = static_cast<ngx_msec_t>(spool.sync_interval.count());
  return config;
}

void* create_location_config(ngx_conf_t* cf) {
  auto* config = static_cast<LocationConfig*>(ngx_pcalloc(cf->pool, sizeof(LocationConfig)));
  if (config == nullptr) return nullptr;
  config->redirect = NGX_CONF_UNSET;
  config->track = NGX_CONF_UNSET;
  config->track_timeout_ms = NGX_CONF_UNSET_MSEC;
  config->cookie_max_age_seconds = NGX_CONF_UNSET;
  return config;
}

char* merge_location_config(ngx_conf_t* cf, void* parent, void* child) {
  const auto* outer = static_cast<const LocationConfig*>(parent);
  auto* inner = static_cast<LocationConfig*>(child);
  // Not inherited: a content handler belongs to the very location that names it.
  if (inner->redirect == NGX_CONF_UNSET) inner->redirect = 0;
  ngx_conf_merge_value(inner->track, outer->track, 0);
  ngx_conf_merge_msec_value(inner->track_timeout_ms, outer->track_timeout_ms, kDefaultTrackTimeoutMs);
  ngx_conf_merge_value(inner->cookie_max_age_seconds, outer->cookie_max_age_seconds, kDefaultCookieAgeSeconds);

  const auto* main = static_cast<const MainConfig*>(ngx_http_conf_get_module_main_conf(cf, ngx_http_refedge_module));
  if (inner->redirect != 0 && main->links_directory.len == 0) return refuse(cf, "refedge_redirect", "refedge_links");
  if (inner->redirect != 0 && main->spool_directory.len == 0) return refuse(cf, "refedge_redirect", "refedge_spool");
  if (inner->track != 0 && main->links_directory.len == 0) return refuse(cf, "refedge_track", "refedge_links");
  if (inner->track != 0 && main->keys == nullptr) return refuse(cf, "refedge_track", "refedge_keys");
  return NGX_CONF_OK;
}

MainConfig& main_config(ngx_http_request_t* r) noexcept {
  return *static_cast<MainConfig*>(ngx_http_get_module_main_conf(r, ngx_http_refedge_module));
}

const LocationConfig& location_config(ngx_http_request_t* r) noexcept {
  return *static_cast<const LocationConfig*>(ngx_http_get_module_loc_conf(r, ngx_http_refedge_module));
}

Worker& worker_of(MainConfig& config) {
  if (config.worker == nullptr) {
    config.worker = new Worker(std::string(to_view(config.links_directory)), spool_options(config));
  }
  return *config.worker;
}

}  // namespace refedge::edge
