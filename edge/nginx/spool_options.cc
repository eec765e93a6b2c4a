#include "edge/nginx/spool_options.h"

#include <array>

#include "edge/nginx/directive_arguments.h"

namespace refedge::edge {
namespace {

constexpr size_t kMinSegment = 128 * 1024;  // the longest conversion and the seal fit into it
constexpr size_t kMaxSegment = size_t{1} << 30;

bool set_max_size(const ngx_str_t& argument, MainConfig& config) {
  const auto bytes = size_argument(argument, "max_size=");
  config.spool_max_bytes = bytes.value_or(0);
  return bytes && *bytes >= kMinSegment;
}

bool set_segment_size(const ngx_str_t& argument, MainConfig& config) {
  const auto bytes = size_argument(argument, "segment_size=");
  config.spool_segment_bytes = bytes.value_or(0) / 8 * 8;  // records are aligned
  return bytes && *bytes >= kMinSegment && *bytes <= kMaxSegment;
}

bool set_rotate(const ngx_str_t& argument, MainConfig& config) {
  const auto age = time_argument(argument, "rotate=");
  config.spool_rotate_ms = age.value_or(0);
  return age.has_value();
}

bool set_sync(const ngx_str_t& argument, MainConfig& config) {
  const std::string_view text = to_view(argument);
  config.spool_sync_ms = 0;
  if (text == "sync=off")
    config.spool_sync = SpoolSync::kOff;
  else if (text == "sync=each")
    config.spool_sync = SpoolSync::kEach;
  else
    config.spool_sync = SpoolSync::kInterval;
  if (config.spool_sync != SpoolSync::kInterval) return true;
  const auto interval = time_argument(argument, "sync=");
  config.spool_sync_ms = interval.value_or(0);
  return interval.has_value();
}

struct Option {
  std::string_view name;
  bool (*set)(const ngx_str_t& argument, MainConfig& config);
  const char* form;
};

constexpr std::array kOptions = {
    Option{"max_size=", set_max_size, "max_size=<size> of at least 128k"},
    Option{"segment_size=", set_segment_size, "segment_size=<size> from 128k to 1g"},
    Option{"rotate=", set_rotate, "rotate=<time> of at least 1ms"},
    Option{"sync=", set_sync, "sync=off, sync=each or sync=<time> of at least 1ms"},
};

const char* set_option(const ngx_str_t& argument, MainConfig& config) {
  for (const Option& option : kOptions)
    if (to_view(argument).starts_with(option.name))
      return option.set(argument, config) ? nullptr : option.form;
  return "max_size=, segment_size=, rotate= or sync=";
}

}  // namespace

char* set_spool_options(ngx_conf_t* cf, MainConfig& config) {
  auto* arguments = static_cast<ngx_str_t*>(cf->args->elts);
  for (ngx_uint_t i = 2; i < cf->args->nelts; ++i) {
    const char* form = set_option(arguments[i], config);
    if (form == nullptr) continue;
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "refedge_spool: \"%V\" is no %s", &arguments[i], form);
    return static_cast<char*>(NGX_CONF_ERROR);
  }
  if (config.spool_max_bytes >= config.spool_segment_bytes) return NGX_CONF_OK;
  ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "refedge_spool: max_size is less than one segment, %uz bytes",
                     config.spool_segment_bytes);
  return static_cast<char*>(NGX_CONF_ERROR);
}

}  // namespace refedge::edge
