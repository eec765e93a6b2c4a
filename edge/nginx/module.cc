// The module as nginx sees it: its callbacks, and the symbols that a dynamic module exports.
#include "edge/nginx/capture.h"
#include "edge/nginx/config.h"
#include "edge/nginx/directives.h"
#include "edge/nginx/guard.h"
#include "edge/nginx/ngx.h"
#include "edge/nginx/redirect.h"
#include "edge/nginx/request_context.h"
#include "edge/nginx/track.h"
#include "edge/nginx/track_filter.h"

namespace refedge::edge {
namespace {

bool add_phase_handler(ngx_http_core_main_conf_t* core, ngx_http_phases phase, ngx_http_handler_pt handler) {
  auto* added = static_cast<ngx_http_handler_pt*>(ngx_array_push(&core->phases[phase].handlers));
  if (added != nullptr) *added = handler;
  return added != nullptr;
}

ngx_int_t register_handlers(ngx_conf_t* cf) {
  auto* core = static_cast<ngx_http_core_main_conf_t*>(ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module));
  const auto* config = static_cast<const MainConfig*>(ngx_http_conf_get_module_main_conf(cf, ngx_http_refedge_module));
  // Post-read: the first there is, so that memory has the time of all others.
  if (!add_phase_handler(core, NGX_HTTP_POST_READ_PHASE, foresee_redirect)) return NGX_ERROR;
  // Preaccess: rewrites have chosen the location, and no access check, mirror or subrequest saw the headers yet.
  if (config->tracks && !add_phase_handler(core, NGX_HTTP_PREACCESS_PHASE, attribute_request)) return NGX_ERROR;
  if (config->captures) {
    if (!add_phase_handler(core, NGX_HTTP_PREACCESS_PHASE, handle_capture)) return NGX_ERROR;
    install_capture_filter();
  }
  if (!config->tracks) return NGX_OK;
  // Precontent: nobody's body is read who may not send one.
  if (!add_phase_handler(core, NGX_HTTP_PRECONTENT_PHASE, take_conversion)) return NGX_ERROR;
  install_track_filter();
  return NGX_OK;
}

MainConfig* main_config_of(ngx_cycle_t* cycle) {
  return static_cast<MainConfig*>(ngx_http_cycle_get_module_main_conf(cycle, ngx_http_refedge_module));
}

// Opens the link table after fork, before the first request. That it is not there yet is no reason not to start.
ngx_int_t start_worker(ngx_cycle_t* cycle) {
  if (ngx_process != NGX_PROCESS_WORKER && ngx_process != NGX_PROCESS_SINGLE) return NGX_OK;
  MainConfig* config = main_config_of(cycle);
  if (config == nullptr || config->links_directory.len == 0) return NGX_OK;
  return guard(cycle->log, ngx_int_t{NGX_ERROR}, [&]() -> ngx_int_t {
    static_cast<void>(worker_of(*config).links(cycle->log));
    return NGX_OK;
  });
}

// Seals the spool's segment and leaves the link table's reader slot.
void stop_worker(ngx_cycle_t* cycle) {
  MainConfig* config = main_config_of(cycle);
  if (config == nullptr) return;
  delete config->worker;
  config->worker = nullptr;
}

ngx_http_module_t module_context = {
    add_variables,           // preconfiguration
    register_handlers,       // postconfiguration
    create_main_config,      // create main configuration
    init_main_config,        // init main configuration
    nullptr,                 // create server configuration
    nullptr,                 // merge server configuration
    create_location_config,  // create location configuration
    merge_location_config,   // merge location configuration
};

}  // namespace
}  // namespace refedge::edge

#define REFEDGE_EXPORT __attribute__((visibility("default")))

extern "C" {

REFEDGE_EXPORT ngx_module_t ngx_http_refedge_module = {
    NGX_MODULE_V1,
    &refedge::edge::module_context,
    refedge::edge::directives,
    NGX_HTTP_MODULE,
    nullptr,                       // init master
    nullptr,                       // init module
    refedge::edge::start_worker,   // init process
    nullptr,                       // init thread
    nullptr,                       // exit thread
    refedge::edge::stop_worker,    // exit process
    nullptr,                       // exit master
    NGX_MODULE_V1_PADDING,
};

// What nginx's own build would generate for a dynamic module.
REFEDGE_EXPORT ngx_module_t* ngx_modules[] = {&ngx_http_refedge_module, nullptr};
REFEDGE_EXPORT char* ngx_module_names[] = {const_cast<char*>("ngx_http_refedge_module"), nullptr};
// Its filters stand where nginx puts those of others: before it copies bodies, behind what compresses them.
REFEDGE_EXPORT char* ngx_module_order[] = {const_cast<char*>("ngx_http_refedge_module"),
                                           const_cast<char*>("ngx_http_copy_filter_module"), nullptr};

}
