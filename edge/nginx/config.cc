#include "edge/nginx/config.h"

namespace refedge::edge {
namespace {

constexpr ngx_msec_t kDefaultTrackTimeoutMs = 3000;

// What a location without `refedge_cookie` has; for the whole life of the process.
const CookieForm* default_cookie() {
  static const CookieForm form = [] {
    std::string why;
    return *CookieForm::make({}, why);
  }();
  return &form;
}

void delete_worker(void* config) {
  auto* main = static_cast<MainConfig*>(config);
  delete main->worker;
  main->worker = nullptr;
}

constexpr ngx_msec_t kDefaultSyncMs = 1000;
constexpr DestinationRule kDefaultQuery;
constexpr ConsentRule kDefaultConsent;
constexpr time_t kDefaultRepeatWindowSeconds = 30 * 60;
const ngx_str_t kDefaultReferrerPolicy = ngx_string("strict-origin-when-cross-origin");

// What a directive that is on cannot do without.
struct Need {
  ngx_flag_t LocationConfig::*directive;
  const char* name;
  const char* missing;
  bool (*is_there)(const MainConfig&);
};

bool has_links(const MainConfig& config) { return config.links_directory.len != 0; }
bool has_spool(const MainConfig& config) { return config.spool_directory.len != 0; }
bool has_keys(const MainConfig& config) { return config.keys != nullptr; }

constexpr Need kNeeds[] = {
    {&LocationConfig::redirect, "refedge_redirect on", "refedge_links", has_links},
    {&LocationConfig::redirect, "refedge_redirect on", "refedge_spool", has_spool},
    {&LocationConfig::track, "refedge_track on", "refedge_links", has_links},
    {&LocationConfig::track, "refedge_track on", "refedge_keys", has_keys},
    {&LocationConfig::capture, "refedge_capture on", "refedge_links", has_links},
    {&LocationConfig::status, "refedge_status", "refedge_links", has_links},
};

char* check_needs(ngx_conf_t* cf, const LocationConfig& config) {
  const auto& main = *static_cast<const MainConfig*>(ngx_http_conf_get_module_main_conf(cf, ngx_http_refedge_module));
  for (const Need& need : kNeeds) {
    if (config.*need.directive == 0 || need.is_there(main)) continue;
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "\"%s\" needs \"%s\" in http{}", need.name, need.missing);
    return static_cast<char*>(NGX_CONF_ERROR);
  }
  return NGX_CONF_OK;
}

template <class Value>
void inherit(const Value*& inner, const Value* outer, const Value* otherwise) noexcept {
  const auto* unset = static_cast<const Value*>(NGX_CONF_UNSET_PTR);
  if (inner == unset) inner = outer == unset ? otherwise : outer;
}

// A text is unset where it has no address, so that it can be set to nothing.
void inherit(ngx_str_t& inner, const ngx_str_t& outer, const ngx_str_t& otherwise) noexcept {
  if (inner.data == nullptr) inner = outer.data == nullptr ? otherwise : outer;
}

SpoolWriter::Options spool_options(const MainConfig& config) {
  return {.directory = std::string(to_view(config.spool_directory)),
          .segment_bytes = config.spool_segment_bytes,
          .max_bytes = config.spool_max_bytes,
          .rotate_after_ms = config.spool_rotate_ms,
          .sync = config.spool_sync};
}

}  // namespace

void* create_main_config(ngx_conf_t* cf) {
  auto* config = static_cast<MainConfig*>(ngx_pcalloc(cf->pool, sizeof(MainConfig)));
  ngx_pool_cleanup_t* cleanup = ngx_pool_cleanup_add(cf->pool, 0);
  if (config == nullptr || cleanup == nullptr) return nullptr;
  cleanup->handler = delete_worker;
  cleanup->data = config;
  config->link_memory = kDefaultLinkMemory;
  const SpoolWriter::Options spool;
  config->spool_max_bytes = spool.max_bytes;
  config->spool_segment_bytes = spool.segment_bytes;
  config->spool_sync = SpoolSync::kInterval;
  config->spool_sync_ms = kDefaultSyncMs;
  return config;
}

char* init_main_config(ngx_conf_t* cf, void* data) {
  auto* config = static_cast<MainConfig*>(data);
  if (config->links_directory.len == 0) return NGX_CONF_OK;
  config->counters = add_counter_zone(cf);
  return config->counters == nullptr ? static_cast<char*>(NGX_CONF_ERROR) : NGX_CONF_OK;
}

void* create_location_config(ngx_conf_t* cf) {
  auto* config = static_cast<LocationConfig*>(ngx_pcalloc(cf->pool, sizeof(LocationConfig)));
  if (config == nullptr) return nullptr;
  config->redirect = NGX_CONF_UNSET;
  config->redirect_status = NGX_HTTP_MOVED_TEMPORARILY;
  config->forget = NGX_CONF_UNSET;
  config->track = NGX_CONF_UNSET;
  config->track_timeout_ms = NGX_CONF_UNSET_MSEC;
  config->capture = NGX_CONF_UNSET;
  config->preview = NGX_CONF_UNSET;
  config->status_format = NGX_CONF_UNSET_UINT;
  config->repeat_window_seconds = NGX_CONF_UNSET;
  config->cookie = static_cast<const CookieForm*>(NGX_CONF_UNSET_PTR);
  config->consent = static_cast<const ConsentRule*>(NGX_CONF_UNSET_PTR);
  config->query = static_cast<const DestinationRule*>(NGX_CONF_UNSET_PTR);
  return config;
}

char* merge_location_config(ngx_conf_t* cf, void* parent, void* child) {
  const auto* outer = static_cast<const LocationConfig*>(parent);
  auto* inner = static_cast<LocationConfig*>(child);
  // Not inherited: a content handler belongs to the very location that names it.
  if (inner->redirect == NGX_CONF_UNSET) inner->redirect = 0;
  if (inner->forget == NGX_CONF_UNSET) inner->forget = 0;
  ngx_conf_merge_value(inner->track, outer->track, 0);
  ngx_conf_merge_msec_value(inner->track_timeout_ms, outer->track_timeout_ms, kDefaultTrackTimeoutMs);
  ngx_conf_merge_value(inner->capture, outer->capture, 0);
  ngx_conf_merge_value(inner->preview, outer->preview, 0);
  ngx_conf_merge_value(inner->repeat_window_seconds, outer->repeat_window_seconds, kDefaultRepeatWindowSeconds);
  inherit(inner->cookie, outer->cookie, default_cookie());
  inherit(inner->consent, outer->consent, &kDefaultConsent);
  inherit(inner->query, outer->query, &kDefaultQuery);
  inherit(inner->fallback, outer->fallback, ngx_str_t{});
  inherit(inner->referrer_policy, outer->referrer_policy, kDefaultReferrerPolicy);
  return check_needs(cf, *inner);
}

Worker& worker_of(MainConfig& config) {
  if (config.worker == nullptr) {
    config.worker = new Worker({std::string(to_view(config.links_directory)), config.link_memory}, spool_options(config),
                               config.spool_sync_ms, *config.counters);
  }
  return *config.worker;
}

}  // namespace refedge::edge
