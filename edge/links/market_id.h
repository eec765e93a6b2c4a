// Market ids: UUIDs, 16 bytes in the link table and text everywhere else.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "refedge/result.h"
#include "refedge/uuid_text.h"

namespace refedge::edge {

using MarketId = std::array<std::uint8_t, 16>;
using MarketIdText = UuidText;

// parse_market_id reads the 36 characters of a UUID, hex of either case.
// Errors: kInvalidField (field "market_id"). Spec: RFC 9562 section 4.
[[nodiscard]] Result<MarketId> parse_market_id(std::string_view text);

// format_market_id writes the 36 lower-case characters of a UUID. Never fails.
[[nodiscard]] MarketIdText format_market_id(const MarketId& id) noexcept;

}  // namespace refedge::edge
