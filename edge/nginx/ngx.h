// nginx's headers, and the only conversions between its strings and ours.
#pragma once

extern "C" {
#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
}

#include <cstddef>
#include <span>
#include <string_view>

extern "C" ngx_module_t ngx_http_refedge_module;

namespace refedge::edge {

[[nodiscard]] inline std::string_view to_view(const ngx_str_t& text) noexcept {
  return {reinterpret_cast<const char*>(text.data), text.len};
}

// nginx's strings have no const; it does not write into the values that it is given here.
[[nodiscard]] inline ngx_str_t to_ngx(std::string_view text) noexcept {
  return {text.size(), reinterpret_cast<u_char*>(const_cast<char*>(text.data()))};
}

// allocate_in_pool gives room for characters that lives as long as `pool`; throws std::bad_alloc.
[[nodiscard]] std::span<char> allocate_in_pool(ngx_pool_t* pool, std::size_t length);

// copy_to_pool gives a copy that lives as long as `pool`; throws std::bad_alloc.
[[nodiscard]] std::string_view copy_to_pool(ngx_pool_t* pool, std::string_view text);

}  // namespace refedge::edge
