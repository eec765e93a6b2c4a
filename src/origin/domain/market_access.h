// Which market a caller speaks for.
#pragma once

#include <optional>
#include <string_view>

#include "origin/store/store.h"

namespace refedge::origin {

// authenticate returns the market `auth_id` when `auth_token` is its token. nullopt otherwise; an unknown
// market costs one look-up and one comparison, like a known one. Spec: docs/protocol.md#origin-http-api.
[[nodiscard]] std::optional<Market> authenticate(Store& store, std::string_view auth_id,
                                                 std::string_view auth_token);

// find_market finds a market by its slug or its id.
[[nodiscard]] std::optional<Market> find_market(Store& store, std::string_view name);

// market_url returns `<scheme>://<domain>`, without a slash at the end.
[[nodiscard]] std::string market_url(const Market& market);

}  // namespace refedge::origin
