// Numbers in a query string.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "refedge/query.h"
#include "refedge/result.h"

namespace refedge::origin {

// query_number returns the parameter `name` of `query` as a number from 0 to `max`; nullopt when it is
// absent. Errors (field = `name`): kInvalidField when it is not all digits or above `max`; those of
// find_query_param.
[[nodiscard]] inline Result<std::optional<std::int64_t>> query_number(std::string_view query,
                                                                      std::string_view name,
                                                                      std::int64_t max) {
  const auto text = find_query_param(query, name);
  if (!text && text.error().code == Errc::kNotFound) return std::optional<std::int64_t>{};
  if (!text) return Error{text.error().code, std::string(name)};
  std::int64_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, status] = std::from_chars(text->data(), end, number);
  const bool is_number = status == std::errc{} && stop == end && !text->starts_with('-');
  if (!is_number || number > max) return Error{Errc::kInvalidField, std::string(name)};
  return std::optional<std::int64_t>(number);
}

}  // namespace refedge::origin
