#include "edge/links/market_id.h"

#include <cstddef>

namespace refedge::edge {
namespace {

// The dashes of 8-4-4-4-12 stand before these bytes.
constexpr bool dash_before_byte(std::size_t index) noexcept {
  return index == 4 || index == 6 || index == 8 || index == 10;
}

int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Result<MarketId> parse_market_id(std::string_view text) {
  const Error refused{Errc::kInvalidField, "market_id"};
  if (text.size() != MarketIdText{}.size()) return refused;
  MarketId id{};
  std::size_t at = 0;
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (dash_before_byte(i) && text[at++] != '-') return refused;
    const int high = hex_value(text[at]);
    const int low = hex_value(text[at + 1]);
    if (high < 0 || low < 0) return refused;
    id[i] = static_cast<std::uint8_t>(high * 16 + low);
    at += 2;
  }
  return id;
}

MarketIdText format_market_id(const MarketId& id) noexcept { return format_uuid(id); }

}  // namespace refedge::edge
