#include "origin/store/sqlite/tables.h"

namespace refedge::origin {
namespace {

constexpr const char* kInsertMarket =
    "INSERT INTO markets (market_id, slug, scheme, domain, currency, locale, auth_token, secret_key,"
    " requires_signed_track, webhook_url) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
    " ON CONFLICT DO NOTHING";
constexpr const char* kInsertKey =
    "INSERT INTO cookie_keys (market_id, position, key_id, key) VALUES (?1, ?2, ?3, CAST(?4 AS BLOB))";

#define REFEDGE_MARKET_COLUMNS                                                                    \
  "SELECT market_id, slug, scheme, domain, currency, locale, requires_signed_track, webhook_url," \
  " auth_token, secret_key FROM markets WHERE "
constexpr const char* kById = REFEDGE_MARKET_COLUMNS "market_id = ?1";
constexpr const char* kBySlug = REFEDGE_MARKET_COLUMNS "slug = ?1";
constexpr const char* kByDomain = REFEDGE_MARKET_COLUMNS "domain = ?1";
#undef REFEDGE_MARKET_COLUMNS

constexpr const char* kKeysOf =
    "SELECT market_id, key_id, key FROM cookie_keys WHERE market_id = ?1 ORDER BY position";
constexpr const char* kAllKeys =
    "SELECT market_id, key_id, key FROM cookie_keys ORDER BY market_id, position";

std::optional<Market> read_market(Query query) {
  if (!query.next()) return std::nullopt;
  Market market;
  market.market_id = query.text(0);
  market.slug = query.text(1);
  market.scheme = query.text(2);
  market.domain = query.text(3);
  market.currency = query.text(4);
  market.locale = query.text(5);
  market.requires_signed_track = query.flag(6);
  market.webhook_url = query.text(7);
  market.auth_token = SecretText(query.text(8));
  market.secret_key = SecretText(query.text(9));
  return market;
}

std::vector<CookieKeyRecord> read_keys(Query query) {
  std::vector<CookieKeyRecord> keys;
  while (query.next()) keys.push_back({query.text(0), query.text(1).front(), SecretText(query.text(2))});
  return keys;
}

}  // namespace

bool SqliteMarkets::add(const Market& market, const std::vector<CookieKeyRecord>& keys) {
  const int added = database_.run(kInsertMarket, market.market_id, market.slug, market.scheme, market.domain,
                                  market.currency, market.locale, market.auth_token.view(),
                                  market.secret_key.view(), market.requires_signed_track, market.webhook_url);
  if (added == 0) return false;
  std::int64_t position = 0;
  for (const CookieKeyRecord& key : keys) {
    database_.run(kInsertKey, market.market_id, position++, std::string_view(&key.id, 1), key.key.view());
  }
  return true;
}

std::optional<Market> SqliteMarkets::find(std::string_view market_id) {
  return read_market(database_.query(kById, market_id));
}

std::optional<Market> SqliteMarkets::find_by_slug(std::string_view slug) {
  return read_market(database_.query(kBySlug, slug));
}

std::optional<Market> SqliteMarkets::find_by_domain(std::string_view domain) {
  return read_market(database_.query(kByDomain, domain));
}

std::vector<CookieKeyRecord> SqliteMarkets::cookie_keys(std::string_view market_id) {
  return read_keys(database_.query(kKeysOf, market_id));
}

std::vector<CookieKeyRecord> SqliteMarkets::all_cookie_keys() { return read_keys(database_.query(kAllKeys)); }

}  // namespace refedge::origin
