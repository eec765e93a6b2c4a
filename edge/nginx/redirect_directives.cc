#include "edge/nginx/redirect_directives.h"

#include <array>

#include "edge/nginx/config.h"
#include "edge/nginx/directive_arguments.h"
#include "edge/nginx/forget.h"
#include "edge/nginx/guard.h"
#include "edge/nginx/redirect.h"
#include "edge/nginx/status.h"
#include "edge/nginx/status_report.h"

namespace refedge::edge {
namespace {

constexpr time_t kMaxRepeatWindowSeconds = 86400;

// W3C Referrer Policy, section 3.
constexpr std::array<std::string_view, 8> kReferrerPolicies = {"no-referrer",
                                                               "no-referrer-when-downgrade",
                                                               "origin",
                                                               "origin-when-cross-origin",
                                                               "same-origin",
                                                               "strict-origin",
                                                               "strict-origin-when-cross-origin",
                                                               "unsafe-url"};

template <class Value>
struct Word {
  std::string_view word;
  Value value;
};

constexpr Word<ngx_uint_t> kStatuses[] = {{"302", NGX_HTTP_MOVED_TEMPORARILY},
                                          {"307", NGX_HTTP_TEMPORARY_REDIRECT}};
constexpr Word<StatusFormat> kFormats[] = {{"json", StatusFormat::kJson},
                                           {"prometheus", StatusFormat::kPrometheus}};
constexpr Word<Passthrough> kPassthroughs[] = {
    {"none", Passthrough::kNone}, {"utm", Passthrough::kUtm}, {"all", Passthrough::kAll}};
constexpr Word<Precedence> kPrecedences[] = {{"link", Precedence::kLink}, {"visitor", Precedence::kVisitor}};

template <class Value, std::size_t kSize>
bool read_word(const Word<Value> (&words)[kSize], std::string_view text, Value& value) noexcept {
  for (const Word<Value>& known : words) {
    if (known.word != text) continue;
    value = known.value;
    return true;
  }
  return false;
}

void install_handler(ngx_conf_t* cf, ngx_http_handler_pt handler) {
  auto* core =
      static_cast<ngx_http_core_loc_conf_t*>(ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module));
  core->handler = handler;
}

char* check_repeat_window(ngx_conf_t* cf, void*, void* data) {
  const time_t seconds = *static_cast<time_t*>(data);
  if (seconds >= 0 && seconds <= kMaxRepeatWindowSeconds) return NGX_CONF_OK;
  ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "refedge_repeat_window must be at most 1d");
  return kFailed;
}

}  // namespace

ngx_conf_post_t repeat_window_check = {check_repeat_window};

// refedge_redirect on|off [status=302|307]
char* set_redirect(ngx_conf_t* cf, ngx_command_t* command, void* data) {
  char* outcome = ngx_conf_set_flag_slot(cf, command, data);
  auto* config = static_cast<LocationConfig*>(data);
  if (outcome != NGX_CONF_OK) return outcome;
  std::string_view status;
  if (cf->args->nelts == 3 && !(take_value(arguments(cf)[2], "status=", status) &&
                                read_word(kStatuses, status, config->redirect_status)))
    return refuse(cf, arguments(cf)[2], "expected status=302 or status=307");
  if (config->redirect != 0) install_handler(cf, handle_redirect);
  return NGX_CONF_OK;
}

// refedge_forget on|off
char* set_forget(ngx_conf_t* cf, ngx_command_t* command, void* data) {
  char* outcome = ngx_conf_set_flag_slot(cf, command, data);
  if (outcome == NGX_CONF_OK && static_cast<LocationConfig*>(data)->forget != 0) install_handler(cf, handle_forget);
  return outcome;
}

// refedge_status [json|prometheus]
char* set_status(ngx_conf_t* cf, ngx_command_t*, void* data) {
  auto* config = static_cast<LocationConfig*>(data);
  StatusFormat format = StatusFormat::kJson;
  if (config->status != 0) return duplicate();
  if (cf->args->nelts == 2) {
    if (!read_word(kFormats, to_view(arguments(cf)[1]), format))
      return refuse(cf, arguments(cf)[1], "expected json or prometheus");
    config->status_format = static_cast<ngx_uint_t>(format);
  }
  config->status = 1;
  install_handler(cf, handle_status);
  return NGX_CONF_OK;
}

// refedge_query none|utm|all [prefer=link|visitor]
char* set_query(ngx_conf_t* cf, ngx_command_t*, void* data) {
  auto* config = static_cast<LocationConfig*>(data);
  if (config->query != NGX_CONF_UNSET_PTR) return duplicate();
  DestinationRule rule;
  if (!read_word(kPassthroughs, to_view(arguments(cf)[1]), rule.passthrough))
    return refuse(cf, arguments(cf)[1], "expected none, utm or all");
  std::string_view preferred;
  if (cf->args->nelts == 3 && !(take_value(arguments(cf)[2], "prefer=", preferred) &&
                                read_word(kPrecedences, preferred, rule.precedence)))
    return refuse(cf, arguments(cf)[2], "expected prefer=link or prefer=visitor");
  config->query = keep_in_pool(cf->pool, rule);
  return config->query == nullptr ? kFailed : NGX_CONF_OK;
}

// refedge_fallback <url>|off
char* set_fallback(ngx_conf_t* cf, ngx_command_t*, void* data) {
  ngx_str_t& fallback = static_cast<LocationConfig*>(data)->fallback;
  if (fallback.data != nullptr) return duplicate();
  fallback = arguments(cf)[1];
  if (to_view(fallback) == "off")
    fallback.len = 0;
  else if (!is_location(to_view(fallback)))
    return refuse(cf, fallback, "expected an absolute http or https URL");
  return NGX_CONF_OK;
}

// refedge_referrer_policy <policy>|off
char* set_referrer_policy(ngx_conf_t* cf, ngx_command_t*, void* data) {
  ngx_str_t& policy = static_cast<LocationConfig*>(data)->referrer_policy;
  if (policy.data != nullptr) return duplicate();
  policy = arguments(cf)[1];
  if (to_view(policy) == "off") {
    policy.len = 0;
    return NGX_CONF_OK;
  }
  for (const std::string_view known : kReferrerPolicies)
    if (to_view(policy) == known) return NGX_CONF_OK;
  return refuse(cf, policy, "no referrer policy");
}

}  // namespace refedge::edge
