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

}  // namespace refedge::edge
