#include "edge/nginx/consent_directive.h"

#include <string>

#include "edge/nginx/config.h"
#include "edge/nginx/directive_arguments.h"
#include "edge/nginx/guard.h"

namespace refedge::edge {
namespace {

// Each gives what is wrong with its argument, null for nothing.
const char* read_source(std::string_view text, ConsentSource source, ConsentRule& rule) noexcept {
  if (rule.source != ConsentSource::kImplied) return "there is a cookie or header already";
  const std::size_t colon = text.find(':');
  rule.source = source;
  rule.name = text.substr(0, colon);
  rule.values = colon == std::string_view::npos ? std::string_view("*") : text.substr(colon + 1);
  return nullptr;
}

const char* read_choice(std::string_view word, bool& honours) noexcept {
  if (word != "honour" && word != "ignore") return "expected honour or ignore";
  honours = word == "honour";
  return nullptr;
}

const char* read_argument(const ngx_str_t& argument, ConsentRule& rule) noexcept {
  std::string_view value;
  if (take_value(argument, "cookie=", value)) return read_source(value, ConsentSource::kCookie, rule);
  if (take_value(argument, "header=", value)) return read_source(value, ConsentSource::kHeader, rule);
  if (take_value(argument, "gpc=", value)) return read_choice(value, rule.honour_gpc);
  if (take_value(argument, "dnt=", value)) return read_choice(value, rule.honour_dnt);
  return "unknown argument";
}

// nginx has the names of request headers in lower case. The argument is the configuration's own copy.
void lower_name(const ConsentRule& rule) noexcept {
  u_char* name = to_ngx(rule.name).data;
  if (rule.source == ConsentSource::kHeader) ngx_strlow(name, name, rule.name.size());
}

char* read_consent(ngx_conf_t* cf, LocationConfig& config) {
  ConsentRule rule;
  const bool is_off = cf->args->nelts == 2 && to_view(arguments(cf)[1]) == "off";
  if (is_off) rule.honour_gpc = false;
  for (ngx_uint_t i = 1; i < cf->args->nelts && !is_off; ++i)
    if (const char* why = read_argument(arguments(cf)[i], rule)) return refuse(cf, arguments(cf)[i], why);
  if (const Error wrong = check_consent_rule(rule); wrong.code != Errc::kOk) {
    const std::string why = wrong.field + ": " + std::string(errc_name(wrong.code));
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "refedge_consent: %s", why.c_str());
    return kFailed;
  }
  lower_name(rule);
  config.consent = keep_in_pool(cf->pool, rule);
  return config.consent == nullptr ? kFailed : NGX_CONF_OK;
}

}  // namespace

char* set_consent(ngx_conf_t* cf, ngx_command_t*, void* data) {
  auto* config = static_cast<LocationConfig*>(data);
  if (config->consent != NGX_CONF_UNSET_PTR) return duplicate();
  return guard(cf->log, kFailed, [&] { return read_consent(cf, *config); });
}

}  // namespace refedge::edge
