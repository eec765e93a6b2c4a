// What setters of directives with `name=value` arguments share.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// What a setter gives back when it has said itself what is wrong.
inline char* const kFailed = static_cast<char*>(NGX_CONF_ERROR);

// arguments gives the words of a directive, its name first.
[[nodiscard]] inline ngx_str_t* arguments(ngx_conf_t* cf) noexcept {
  return static_cast<ngx_str_t*>(cf->args->elts);
}

[[nodiscard]] inline char* duplicate() noexcept { return const_cast<char*>("is duplicate"); }

// refuse logs "<directive> "<argument>": <why>" with file and line, and gives kFailed.
char* refuse(ngx_conf_t* cf, const ngx_str_t& argument, const char* why);

// take_value gives what follows `name` in `argument` ("max_age=" in "max_age=90d"); false for another
// argument.
[[nodiscard]] bool take_value(const ngx_str_t& argument, std::string_view name,
                              std::string_view& value) noexcept;

// time_argument reads `<name><time>`, at least 1ms; size_argument `<name><size>`, which may have k, m or g behind
// it. None for anything else.
[[nodiscard]] std::optional<ngx_msec_t> time_argument(const ngx_str_t& argument, std::string_view name) noexcept;
[[nodiscard]] std::optional<std::size_t> size_argument(const ngx_str_t& argument, std::string_view name) noexcept;

}  // namespace refedge::edge
