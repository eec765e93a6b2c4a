// Absolute web URLs as far as the core reads them. Private to src/core.
#pragma once

#include <string_view>

#include "core/ascii.h"

namespace refedge {

// is_web_url tells whether `text` is `scheme` ("https://", any case), a host, and of 0x21 to 0x7E alone.
inline bool is_web_url(std::string_view text, std::string_view scheme) noexcept {
  if (text.size() <= scheme.size() || !all_of(text, [](char c) { return c > ' ' && c < 0x7F; })) return false;
  for (const char c : scheme) {
    if (to_lower(text.front()) != c) return false;
    text.remove_prefix(1);
  }
  return text.front() != '/' && text.front() != '?' && text.front() != '#';
}

}  // namespace refedge
