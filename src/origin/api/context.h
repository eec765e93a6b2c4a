// What endpoints work with. main/ makes it; one thread at a time runs endpoints.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "origin/store/store.h"
#include "origin/widget/strings.h"

namespace refedge::origin {

struct Context {
  Store& store;
  const StringTables& strings;
  std::string_view edge_token;        // empty: the edge API is closed
  std::function<std::int64_t()> now;  // Unix seconds
  std::function<void()> tell_change;  // wakes the link feed and the outbox; from any thread
};

}  // namespace refedge::origin
