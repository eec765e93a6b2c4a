#include "edge/nginx/config.h"

namespace refedge::edge {
namespace {

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

char* refuse(ngx_conf_t* cf, const char* directive, const char* missing) {
  ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "\"%s on\" needs \"%s\" in http{}", directive, missing);
  return static_cast<char*>(NGX_CONF_ERROR);
}

}  // namespace

void* create_main_config(ngx_conf_t* cf) {
  auto* config = static_cast<MainConfig*>(ngx_pcalloc(cf->pool, sizeof(MainConfig)));
  ngx_pool_cleanup_t* cleanup = ngx_pool_cleanup_add(cf->pool, 0);
  if (config == nullptr || cleanup == nullptr) return nullptr;
  cleanup->handler = delete_worker;
  cleanup->data = config;
  config->spool_max_bytes = SpoolWriter::Options{}.max_bytes;
  return config;
}

void* create_location_config(ngx_conf_t* cf) {
  auto* config = static_cast<LocationConfig*>(ngx_pcalloc(cf->pool, sizeof(LocationConfig)));
  if (config == nullptr) return nullptr;
  config->redirect = NGX_CONF_UNSET;
  config->track = NGX_CONF_UNSET;
  config->cookie = static_cast<const CookieForm*>(NGX_CONF_UNSET_PTR);
  return config;
}

char* merge_location_config(ngx_conf_t* cf, void* parent, void* child) {
  const auto* outer = static_cast<const LocationConfig*>(parent);
  auto* inner = static_cast<LocationConfig*>(child);
  // Not inherited: a content handler belongs to the very location that names it.
  if (inner->redirect == NGX_CONF_UNSET) inner->redirect = 0;
  ngx_conf_merge_value(inner->track, outer->track, 0);
  ngx_conf_merge_ptr_value(inner->cookie, outer->cookie, default_cookie());

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
    config.worker = new Worker({.links_directory = std::string(to_view(config.links_directory)),
                                .spool_directory = std::string(to_view(config.spool_directory)),
                                .spool_max_bytes = config.spool_max_bytes});
  }
  return *config.worker;
}

}  // namespace refedge::edge
