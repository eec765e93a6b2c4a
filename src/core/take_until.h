// Reading a text piece by piece. Private to src/core.
#pragma once

#include <cstddef>
#include <string_view>

namespace refedge {

// take_until takes the text up to `separator` off the front of `rest`, and the separator; without one, all of
// it.
inline std::string_view take_until(std::string_view& rest, char separator) noexcept {
  const std::size_t end = rest.find(separator);
  const std::string_view piece = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return piece;
}

}  // namespace refedge
