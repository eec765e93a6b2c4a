// The barrier between C++ and nginx: no exception crosses a callback.
#pragma once

#include <exception>

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// guard runs `body` and gives its result, or `otherwise` when it throws, which is logged.
template <class Value, class Body>
Value guard(ngx_log_t* log, Value otherwise, Body body) noexcept {
  try {
    return body();
  } catch (const std::exception& error) {
    ngx_log_error(NGX_LOG_ERR, log, 0, "refedge: %s", error.what());
  } catch (...) {
    ngx_log_error(NGX_LOG_ERR, log, 0, "refedge: an exception of an unknown type");
  }
  return otherwise;
}

}  // namespace refedge::edge
