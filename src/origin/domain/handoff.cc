#include "origin/domain/handoff.h"

#include "origin/domain/cookie_ring.h"
#include "refedge/cookie.h"
#include "refedge/handoff.h"

namespace refedge::origin {

std::optional<std::string> hand_off(Store& store, std::string_view market_id, std::string_view attribution,
                                    std::int64_t now) {
  const auto ring = store.markets().cookie_keys(market_id);
  const auto keys = views_of(ring);
  const auto cookie = verify_cookie(attribution, keys);
  if (!cookie) return std::nullopt;
  auto token = sign_handoff(*cookie, now, keys.front());
  return token ? std::optional(*std::move(token)) : std::nullopt;
}

}  // namespace refedge::origin
