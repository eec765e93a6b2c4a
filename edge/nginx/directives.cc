#include "edge/nginx/directives.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "edge/nginx/config.h"
#include "edge/nginx/consent_directive.h"
#include "edge/nginx/cookie_directive.h"
#include "edge/nginx/directive_arguments.h"
#include "edge/nginx/guard.h"
#include "edge/nginx/redirect_directives.h"
#include "edge/nginx/spool_options.h"
#include "refedge/secret.h"

namespace refedge::edge {
namespace {

constexpr std::size_t kMaxLinkMemory = std::size_t{64} << 30;

// refedge_links <directory> [memory=<size>]: the directory may come into being later, when the agent starts.
char* set_links(ngx_conf_t* cf, ngx_command_t*, void* data) {
  auto* config = static_cast<MainConfig*>(data);
  if (config->links_directory.len != 0) return duplicate();
  config->links_directory = arguments(cf)[1];
  if (cf->args->nelts > 2) {
    const ngx_str_t& memory = arguments(cf)[2];
    config->link_memory = size_argument(memory, "memory=").value_or(0);
    if (config->link_memory < kMinLinkMemory || config->link_memory > kMaxLinkMemory)
      return refuse(cf, memory, "not memory=<size> from 1m to 64g");
  }
  return ngx_conf_full_name(cf->cycle, &config->links_directory, 0) == NGX_OK ? NGX_CONF_OK : kFailed;
}

// refedge_spool <directory> [name=value ...]
char* set_spool(ngx_conf_t* cf, ngx_command_t*, void* data) {
  auto* config = static_cast<MainConfig*>(data);
  if (config->spool_directory.len != 0) return duplicate();
  config->spool_directory = arguments(cf)[1];
  if (ngx_conf_full_name(cf->cycle, &config->spool_directory, 0) != NGX_OK) return kFailed;
  struct stat status {};
  if (stat(reinterpret_cast<const char*>(config->spool_directory.data), &status) != 0 || !S_ISDIR(status.st_mode)) {
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "refedge_spool \"%V\" is no directory", &config->spool_directory);
    return kFailed;
  }
  return set_spool_options(cf, *config);
}

// Reads a small file whole, without a buffer of a library in between that nobody would wipe. None: see errno.
std::optional<std::string> read_small_file(const char* path) {
  constexpr std::size_t kMaxBytes = std::size_t{1} << 20;
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::nullopt;
  std::string text(kMaxBytes, '\0');
  std::size_t length = 0;
  ssize_t got = 1;
  while (got > 0 && length < kMaxBytes) {
    got = read(fd, text.data() + length, kMaxBytes - length);
    if (got > 0) length += static_cast<std::size_t>(got);
  }
  const int code = got < 0 ? errno : EFBIG;
  close(fd);
  errno = code;
  if (got < 0 || length == kMaxBytes) {
    wipe(text);
    return std::nullopt;
  }
  text.resize(length);
  return text;
}

void warn_if_open_to_all(ngx_conf_t* cf, const char* name, const ngx_str_t& path) {
  struct stat status {};
  if (stat(name, &status) == 0 && (status.st_mode & S_IROTH) != 0)
    ngx_conf_log_error(NGX_LOG_WARN, cf, 0, "refedge_keys \"%V\" can be read by everybody", &path);
}

char* load_keys(ngx_conf_t* cf, MainConfig* config, const ngx_str_t& path) {
  const char* name = reinterpret_cast<const char*>(path.data);
  auto text = read_small_file(name);
  if (!text) {
    ngx_conf_log_error(NGX_LOG_EMERG, cf, ngx_errno, "refedge_keys \"%V\" cannot be read", &path);
    return kFailed;
  }
  warn_if_open_to_all(cf, name, path);
  auto parsed = CookieKeys::parse(*text);
  wipe(*text);
  if (const auto* wrong = std::get_if<CookieKeysError>(&parsed)) {
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "refedge_keys \"%V\" line %uz: %s", &path, wrong->line,
                       wrong->message.c_str());
    return kFailed;
  }
  config->keys = keep_in_pool(cf->pool, std::get<CookieKeys>(std::move(parsed)));
  return config->keys == nullptr ? kFailed : NGX_CONF_OK;
}

// refedge_keys <file>: read by the master, so that the workers' user needs no access to it.
char* set_keys(ngx_conf_t* cf, ngx_command_t*, void* data) {
  auto* config = static_cast<MainConfig*>(data);
  if (config->keys != nullptr) return duplicate();
  ngx_str_t path = arguments(cf)[1];
  if (ngx_conf_full_name(cf->cycle, &path, 1) != NGX_OK) return kFailed;
  return guard(cf->log, kFailed, [&] { return load_keys(cf, config, path); });
}

// refedge_capture on|off: the module looks into responses only where a location wants it to.
char* set_capture(ngx_conf_t* cf, ngx_command_t* command, void* data) {
  char* outcome = ngx_conf_set_flag_slot(cf, command, data);
  if (outcome == NGX_CONF_OK && static_cast<LocationConfig*>(data)->capture != 0)
    static_cast<MainConfig*>(ngx_http_conf_get_module_main_conf(cf, ngx_http_refedge_module))->captures = true;
  return outcome;
}

// refedge_track on|off [timeout=<time>]
char* set_track(ngx_conf_t* cf, ngx_command_t* command, void* data) {
  auto* config = static_cast<LocationConfig*>(data);
  char* outcome = ngx_conf_set_flag_slot(cf, command, data);
  if (outcome != NGX_CONF_OK) return outcome;
  if (config->track != 0)
    static_cast<MainConfig*>(ngx_http_conf_get_module_main_conf(cf, ngx_http_refedge_module))->tracks = true;
  if (cf->args->nelts == 2) return NGX_CONF_OK;
  const auto wait = time_argument(arguments(cf)[2], "timeout=");
  if (wait) config->track_timeout_ms = *wait;
  else ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "\"%V\" is no timeout=<time> of at least 1ms", &arguments(cf)[2]);
  return wait ? NGX_CONF_OK : kFailed;
}

constexpr ngx_uint_t kEverywhere = NGX_HTTP_MAIN_CONF | NGX_HTTP_SRV_CONF | NGX_HTTP_LOC_CONF;

}  // namespace

ngx_command_t directives[] = {
    {ngx_string("refedge_links"), NGX_HTTP_MAIN_CONF | NGX_CONF_TAKE12, set_links, NGX_HTTP_MAIN_CONF_OFFSET, 0, nullptr},
    {ngx_string("refedge_keys"), NGX_HTTP_MAIN_CONF | NGX_CONF_TAKE1, set_keys, NGX_HTTP_MAIN_CONF_OFFSET, 0, nullptr},
    {ngx_string("refedge_spool"), NGX_HTTP_MAIN_CONF | NGX_CONF_1MORE, set_spool, NGX_HTTP_MAIN_CONF_OFFSET, 0,
     nullptr},
    {ngx_string("refedge_redirect"), NGX_HTTP_LOC_CONF | NGX_CONF_TAKE12, set_redirect, NGX_HTTP_LOC_CONF_OFFSET,
     offsetof(LocationConfig, redirect), nullptr},
    {ngx_string("refedge_forget"), NGX_HTTP_LOC_CONF | NGX_CONF_FLAG, set_forget, NGX_HTTP_LOC_CONF_OFFSET,
     offsetof(LocationConfig, forget), nullptr},
    {ngx_string("refedge_status"), NGX_HTTP_LOC_CONF | NGX_CONF_NOARGS | NGX_CONF_TAKE1, set_status,
     NGX_HTTP_LOC_CONF_OFFSET, 0, nullptr},
    {ngx_string("refedge_track"), kEverywhere | NGX_CONF_TAKE12, set_track, NGX_HTTP_LOC_CONF_OFFSET,
     offsetof(LocationConfig, track), nullptr},
    {ngx_string("refedge_capture"), kEverywhere | NGX_CONF_FLAG, set_capture, NGX_HTTP_LOC_CONF_OFFSET,
     offsetof(LocationConfig, capture), nullptr},
    {ngx_string("refedge_preview"), kEverywhere | NGX_CONF_FLAG, ngx_conf_set_flag_slot, NGX_HTTP_LOC_CONF_OFFSET,
     offsetof(LocationConfig, preview), nullptr},
    {ngx_string("refedge_cookie"), kEverywhere | NGX_CONF_1MORE, set_cookie, NGX_HTTP_LOC_CONF_OFFSET, 0, nullptr},
    {ngx_string("refedge_consent"), kEverywhere | NGX_CONF_TAKE123, set_consent, NGX_HTTP_LOC_CONF_OFFSET, 0, nullptr},
    {ngx_string("refedge_query"), kEverywhere | NGX_CONF_TAKE12, set_query, NGX_HTTP_LOC_CONF_OFFSET, 0, nullptr},
    {ngx_string("refedge_fallback"), kEverywhere | NGX_CONF_TAKE1, set_fallback, NGX_HTTP_LOC_CONF_OFFSET, 0, nullptr},
    {ngx_string("refedge_referrer_policy"), kEverywhere | NGX_CONF_TAKE1, set_referrer_policy,
     NGX_HTTP_LOC_CONF_OFFSET, 0, nullptr},
    {ngx_string("refedge_repeat_window"), kEverywhere | NGX_CONF_TAKE1, ngx_conf_set_sec_slot,
     NGX_HTTP_LOC_CONF_OFFSET, offsetof(LocationConfig, repeat_window_seconds), &repeat_window_check},
    ngx_null_command,
};

}  // namespace refedge::edge
