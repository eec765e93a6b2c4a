#include "origin/store/sqlite/tables.h"

namespace refedge::origin {
namespace {

constexpr const char* kNextCursor = "UPDATE feed SET cursor = cursor + 1 WHERE id = 1 RETURNING cursor";
constexpr const char* kInsert =
    "INSERT INTO links (market_id, code, campaign, referrer_id, location, expires_at, is_active, cursor,"
    " is_unproven) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
constexpr const char* kMove =
    "UPDATE links SET location = ?3, cursor = ?4 WHERE market_id = ?1 AND code = ?2";

#define REFEDGE_LINK_COLUMNS                                                                            \
  "SELECT market_id, code, campaign, referrer_id, location, expires_at, is_active, is_blocked, cursor," \
  " is_unproven FROM links WHERE "
constexpr const char* kFind = REFEDGE_LINK_COLUMNS "market_id = ?1 AND code = ?2";
constexpr const char* kOfReferrer =
    REFEDGE_LINK_COLUMNS "market_id = ?1 AND referrer_id = ?2 AND is_unproven = 0 ORDER BY cursor";
constexpr const char* kSetBlocked = "UPDATE links SET is_blocked = ?2, cursor = ?3 WHERE code = ?1";
constexpr const char* kExists = "SELECT 1 FROM links WHERE code = ?1";
constexpr const char* kChanges =
    "SELECT l.market_id, l.code, l.campaign, l.referrer_id, l.location, l.expires_at, l.is_active, "
    "l.is_blocked,"
    " l.cursor, l.is_unproven, c.fallback_url, c.preview_title, c.preview_description, c.preview_image_url, "
    "m.locale"
    " FROM links l JOIN campaigns c ON c.market_id = l.market_id AND c.slug = l.campaign"
    " JOIN markets m ON m.market_id = l.market_id WHERE l.cursor > ?1 ORDER BY l.cursor LIMIT ?2";
#undef REFEDGE_LINK_COLUMNS

Link read_link(const Query& query) {
  return {.market_id = query.text(0),
          .code = query.text(1),
          .campaign = query.text(2),
          .referrer_id = query.text(3),
          .location = query.text(4),
          .expires_at = query.number(5),
          .is_active = query.flag(6),
          .is_blocked = query.flag(7),
          .is_unproven = query.flag(9)};
}

LinkChange read_change(const Query& query) {
  return {.link = read_link(query),
          .cursor = query.number(8),
          .pages = {query.text(10), query.text(11), query.text(12), query.text(13)},
          .locale = query.text(14)};
}

}  // namespace

std::int64_t SqliteLinks::next_cursor() {
  Query query = database_.query(kNextCursor);
  query.next();
  const std::int64_t cursor = query.number(0);
  query.next();  // the statement must run to its end: only then is the update done
  return cursor;
}

bool SqliteLinks::add(const Link& link) {
  return database_.run(kInsert, link.market_id, link.code, link.campaign, link.referrer_id, link.location,
                       link.expires_at, link.is_active, next_cursor(), link.is_unproven) == 1;
}

std::optional<Link> SqliteLinks::find(std::string_view market_id, std::string_view code) {
  Query query = database_.query(kFind, market_id, code);
  if (!query.next()) return std::nullopt;
  return read_link(query);
}

std::vector<Link> SqliteLinks::of_referrer(std::string_view market_id, std::string_view referrer_id) {
  Query query = database_.query(kOfReferrer, market_id, referrer_id);
  std::vector<Link> links;
  while (query.next()) links.push_back(read_link(query));
  return links;
}

void SqliteLinks::move(std::string_view market_id, std::string_view code, std::string_view location) {
  database_.run(kMove, market_id, code, location, next_cursor());
}

bool SqliteLinks::set_blocked(std::string_view code, bool is_blocked) {
  if (!database_.query(kExists, code).next()) return false;
  return database_.run(kSetBlocked, code, is_blocked, next_cursor()) == 1;
}

std::vector<LinkChange> SqliteLinks::changes(std::int64_t after, std::size_t limit) {
  Query query = database_.query(kChanges, after, static_cast<std::int64_t>(limit));
  std::vector<LinkChange> changes;
  while (query.next()) changes.push_back(read_change(query));
  return changes;
}

std::int64_t SqliteLinks::last_cursor() {
  Query query = database_.query("SELECT cursor FROM feed WHERE id = 1");
  return query.next() ? query.number(0) : 0;
}

}  // namespace refedge::origin
