// Cookie keys files: an error tells the line; what is taken holds to the limits.
#include "edge/visit/cookie_keys.h"

#include <algorithm>

#include "refedge/limits.h"
#include "tests/fuzz/target.h"

namespace {

using namespace refedge;
using fuzz::require;

void check_error(const edge::CookieKeysError& error, std::string_view file) {
  const auto num_lines = static_cast<std::size_t>(std::count(file.begin(), file.end(), '\n')) + 1;
  require(error.line >= 1 && error.line <= num_lines && !error.message.empty());
}

void check_ring(std::span<const CookieKey> ring) {
  require(ring.size() <= kMaxCookieKeys);
  for (const CookieKey& key : ring) {
    require(key.key.size() >= kMinCookieKeyLength && key.key.size() <= kMaxCookieKeyLength);
    const auto has_its_id = [&](const CookieKey& other) { return other.id == key.id; };
    require(std::count_if(ring.begin(), ring.end(), has_its_id) == 1);
  }
}

// Every market that a line may name; one that has a line has a ring.
void check_rings(const edge::CookieKeys& keys, std::string_view file) {
  for (std::size_t at = 0; at < file.size(); at = file.find('\n', at) + 1) {
    const auto market = edge::parse_market_id(file.substr(at, edge::MarketIdText{}.size()));
    if (market) check_ring(keys.ring(*market));
    if (market) require(!keys.ring(*market).empty());
    if (file.find('\n', at) == std::string_view::npos) return;
  }
}

}  // namespace

REFEDGE_FUZZ_TARGET(cookie_keys) {
  const auto parsed = edge::CookieKeys::parse(input);
  if (const auto* error = std::get_if<edge::CookieKeysError>(&parsed)) return check_error(*error, input);
  check_rings(std::get<edge::CookieKeys>(parsed), input);
}
