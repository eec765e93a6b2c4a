// A market's cookie keys as the core takes them.
#pragma once

#include <vector>

#include "origin/store/records.h"
#include "refedge/cookie.h"

namespace refedge::origin {

// views_of gives the keys in their order, the one that signs first. They live as long as `ring`.
[[nodiscard]] inline std::vector<CookieKey> views_of(const std::vector<CookieKeyRecord>& ring) {
  std::vector<CookieKey> keys;
  for (const CookieKeyRecord& key : ring) keys.push_back({key.id, key.key.view()});
  return keys;
}

}  // namespace refedge::origin
