#include "edge/nginx/cookie_directive.h"

#include <string>

#include "edge/nginx/config.h"
#include "edge/nginx/directive_arguments.h"
#include "edge/nginx/guard.h"

namespace refedge::edge {
namespace {

struct FlagWord {
  std::string_view word;
  bool CookieSettings::*flag;
  bool value;
};
constexpr FlagWord kFlagWords[] = {{"secure", &CookieSettings::is_secure, true},
                                   {"nosecure", &CookieSettings::is_secure, false},
                                   {"httponly", &CookieSettings::is_http_only, true},
                                   {"nohttponly", &CookieSettings::is_http_only, false}};

void read_domain(std::string_view value, CookieSettings& settings) noexcept {
  settings.domain_rule = value == "auto"  ? DomainRule::kAuto
                         : value == "off" ? DomainRule::kOff
                                          : DomainRule::kFixed;
  settings.domain = settings.domain_rule == DomainRule::kFixed ? value : std::string_view();
}

// Each reads one argument into `settings` and gives what is wrong with it, null for nothing.
const char* read_max_age(std::string_view value, CookieSettings& settings) noexcept {
  ngx_str_t text = to_ngx(value);
  const ngx_int_t seconds = ngx_parse_time(&text, 1);
  if (seconds == NGX_ERROR) return "max_age is no time";
  settings.max_age_seconds = seconds;
  return nullptr;
}

const char* read_same_site(std::string_view value, CookieSettings& settings) noexcept {
  const auto same_site = parse_same_site(value);
  if (!same_site) return "samesite is lax, strict or none";
  settings.same_site = *same_site;
  return nullptr;
}

const char* read_flag(std::string_view word, CookieSettings& settings) noexcept {
  for (const FlagWord& known : kFlagWords) {
    if (known.word != word) continue;
    settings.*known.flag = known.value;
    return nullptr;
  }
  return "unknown argument";
}

const char* read_argument(const ngx_str_t& argument, CookieSettings& settings) noexcept {
  std::string_view value;
  if (take_value(argument, "name=", value)) return settings.name = value, nullptr;
  if (take_value(argument, "domain=", value)) return read_domain(value, settings), nullptr;
  if (take_value(argument, "max_age=", value)) return read_max_age(value, settings);
  if (take_value(argument, "samesite=", value)) return read_same_site(value, settings);
  return read_flag(to_view(argument), settings);
}

char* read_cookie(ngx_conf_t* cf, LocationConfig& config) {
  CookieSettings settings;
  for (ngx_uint_t i = 1; i < cf->args->nelts; ++i)
    if (const char* why = read_argument(arguments(cf)[i], settings)) return refuse(cf, arguments(cf)[i], why);
  std::string why;
  auto form = CookieForm::make(settings, why);
  if (!form) {
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "refedge_cookie: %s", why.c_str());
    return kFailed;
  }
  config.cookie = keep_in_pool(cf->pool, *std::move(form));
  return config.cookie == nullptr ? kFailed : NGX_CONF_OK;
}

}  // namespace

char* set_cookie(ngx_conf_t* cf, ngx_command_t*, void* data) {
  auto* config = static_cast<LocationConfig*>(data);
  if (config->cookie != NGX_CONF_UNSET_PTR) return duplicate();
  return guard(cf->log, kFailed, [&] { return read_cookie(cf, *config); });
}

}  // namespace refedge::edge
