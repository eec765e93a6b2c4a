// Which path leads to which endpoint.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "origin/api/context.h"
#include "origin/api/request.h"

namespace refedge::origin {

using Endpoint = Reply (*)(const Request& request, Context& context);

inline constexpr std::size_t kMaxBodyBytes = 64 * 1024;
inline constexpr std::size_t kMaxClicksBodyBytes = 256 * 1024;
inline constexpr std::size_t kMaxConversionsBodyBytes = 512 * 1024;

struct Route {
  std::string_view method;
  std::string_view pattern;  // one segment may be `*`: any text without a slash
  Endpoint endpoint = nullptr;
  std::size_t max_body_bytes = kMaxBodyBytes;
};

struct RouteMatch {
  const Route* route = nullptr;  // null: see `allowed`
  std::string_view path_value;   // what stood at the `*`; a view into the path
  std::string allowed;           // the methods that the path has (405); empty: no such path (404)
};

// find_route looks `path` (without its query) up. HEAD is served by GET's endpoint.
[[nodiscard]] RouteMatch find_route(std::string_view method, std::string_view path);

}  // namespace refedge::origin
