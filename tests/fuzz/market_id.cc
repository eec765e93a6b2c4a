// Market ids: what reads as one writes the same characters, in lower case.
#include "edge/links/market_id.h"

#include <algorithm>
#include <string>

#include "tests/fuzz/target.h"

REFEDGE_FUZZ_TARGET(market_id) {
  const auto id = refedge::edge::parse_market_id(input);
  if (!id) return;
  std::string lower(input);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
  const auto text = refedge::edge::format_market_id(*id);
  refedge::fuzz::require(std::string_view(text.data(), text.size()) == lower);
}
