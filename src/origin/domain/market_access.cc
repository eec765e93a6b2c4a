#include "origin/domain/market_access.h"

#include "refedge/secret.h"

namespace refedge::origin {
namespace {

// What the token of a market that does not exist is compared with: as long as a real one.
constexpr std::string_view kNobodysToken = "00000000-0000-0000-0000-000000000000";

}  // namespace

std::optional<Market> authenticate(Store& store, std::string_view auth_id, std::string_view auth_token) {
  std::optional<Market> market = store.markets().find(auth_id);
  const std::string_view expected = market ? market->auth_token.view() : kNobodysToken;
  const bool is_equal = constant_time_equal(auth_token, expected);
  if (!market || !is_equal) return std::nullopt;
  return market;
}

std::optional<Market> find_market(Store& store, std::string_view name) {
  auto market = store.markets().find_by_slug(name);
  return market ? std::move(market) : store.markets().find(name);
}

std::string market_url(const Market& market) { return market.scheme + "://" + market.domain; }

}  // namespace refedge::origin
