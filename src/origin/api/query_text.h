// Texts in a query string.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "refedge/query.h"

namespace refedge::origin {

// query_text returns the parameter `name` of `query`, decoded; empty when it is absent or no text.
[[nodiscard]] inline std::string query_text(std::string_view query, std::string_view name) {
  auto value = find_query_param(query, name);
  return value ? std::move(*value) : std::string{};
}

}  // namespace refedge::origin
