// Canonical JSON as other languages' encoders would have written it. Private to src/core.
#pragma once

#include <string>
#include <string_view>

namespace refedge {

struct JsonStyle {
  bool escaped_slashes = false;  // "\/"
  bool escaped_unicode = false;  // "\u00e9", surrogate pairs in lower-case hex
  bool spaces = false;           // ", " and ": "
};

// restyle_json rewrites `json`, compact text that is valid UTF-8, nested values too. The result may hold a
// secret: the caller wipes it; no other copy is left behind.
[[nodiscard]] std::string restyle_json(std::string_view json, const JsonStyle& style);

}  // namespace refedge
