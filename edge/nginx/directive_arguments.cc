#include "edge/nginx/directive_arguments.h"

namespace refedge::edge {

char* refuse(ngx_conf_t* cf, const ngx_str_t& argument, const char* why) {
  ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "%V \"%V\": %s", &arguments(cf)[0], &argument, why);
  return kFailed;
}

bool take_value(const ngx_str_t& argument, std::string_view name, std::string_view& value) noexcept {
  const std::string_view text = to_view(argument);
  if (!text.starts_with(name)) return false;
  value = text.substr(name.size());
  return true;
}

std::optional<ngx_msec_t> time_argument(const ngx_str_t& argument, std::string_view name) noexcept {
  std::string_view text;
  if (!take_value(argument, name, text)) return std::nullopt;
  ngx_str_t value = to_ngx(text);
  const ngx_int_t milliseconds = ngx_parse_time(&value, 0);
  if (milliseconds == NGX_ERROR || milliseconds < 1) return std::nullopt;
  return static_cast<ngx_msec_t>(milliseconds);
}

std::optional<std::size_t> size_argument(const ngx_str_t& argument, std::string_view name) noexcept {
  std::string_view text;
  if (!take_value(argument, name, text)) return std::nullopt;
  ngx_str_t value = to_ngx(text);
  const off_t bytes = ngx_parse_offset(&value);  // unlike ngx_parse_size it knows `g`
  return bytes < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(bytes));
}

}  // namespace refedge::edge
