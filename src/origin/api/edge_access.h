// Who may call the edge API. Spec: docs/protocol.md#edge-api.
#pragma once

#include <string_view>

#include "origin/api/context.h"
#include "origin/api/request.h"
#include "refedge/secret.h"

namespace refedge::origin {

// is_edge tells whether the request carries `Authorization: Bearer <edge token>`. An origin without an edge
// token lets nobody in.
[[nodiscard]] inline bool is_edge(const Request& request, const Context& context) {
  constexpr std::string_view kBearer = "Bearer ";
  if (!request.authorization.starts_with(kBearer)) return false;
  const std::string_view token = request.authorization.substr(kBearer.size());
  return constant_time_equal(token, context.edge_token) && !context.edge_token.empty();
}

}  // namespace refedge::origin
