#include "origin/store/sqlite/tables.h"

namespace refedge::origin {
namespace {

constexpr const char* kInsert =
    "INSERT INTO outbox (market_id, delivery_id, url, body, created_at, attempts, next_attempt_at, "
    "is_claimed,"
    " is_delivered, result) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?5, 0, 0, '')";

// One statement, so that two workers never get the same row. A claim of a dead worker ends by itself: its
// next_attempt_at passes.
constexpr const char* kClaim =
    "UPDATE outbox SET is_claimed = 1, next_attempt_at = ?2 WHERE (market_id, delivery_id) IN ("
    " SELECT market_id, delivery_id FROM outbox AS due WHERE next_attempt_at <= ?1 AND NOT EXISTS ("
    "  SELECT 1 FROM outbox AS busy WHERE busy.market_id = due.market_id AND busy.is_claimed = 1"
    "  AND busy.next_attempt_at > ?1)"
    " ORDER BY next_attempt_at, created_at, delivery_id LIMIT 1)"
    " RETURNING market_id, delivery_id, url, body, created_at, attempts";
constexpr const char* kNextDue = "SELECT min(next_attempt_at) FROM outbox WHERE next_attempt_at IS NOT NULL";
constexpr const char* kFinish =
    "UPDATE outbox SET attempts = attempts + 1, next_attempt_at = NULL, is_claimed = 0, finished_at = ?3,"
    " is_delivered = ?4, result = ?5 WHERE market_id = ?1 AND delivery_id = ?2";
constexpr const char* kPutBack =
    "UPDATE outbox SET attempts = attempts + 1, next_attempt_at = ?3, is_claimed = 0, result = ?4"
    " WHERE market_id = ?1 AND delivery_id = ?2";

}  // namespace

void SqliteOutbox::add(const Delivery& delivery) {
  database_.run(kInsert, delivery.market_id, delivery.delivery_id, delivery.url, delivery.body,
                delivery.created_at);
}

std::optional<Delivery> SqliteOutbox::claim(std::int64_t now, std::int64_t until) {
  Query query = database_.query(kClaim, now, until);
  if (!query.next()) return std::nullopt;
  Delivery delivery{.market_id = query.text(0),
                    .delivery_id = query.text(1),
                    .url = query.text(2),
                    .body = query.text(3),
                    .created_at = query.number(4),
                    .attempts = query.number(5)};
  query.next();  // the statement must run to its end: only then is the claim committed
  return delivery;
}

std::optional<std::int64_t> SqliteOutbox::next_due_at() {
  Query query = database_.query(kNextDue);
  query.next();
  return query.maybe_number(0);
}

void SqliteOutbox::mark_delivered(const Delivery& delivery, std::int64_t now) {
  database_.run(kFinish, delivery.market_id, delivery.delivery_id, now, true, "delivered");
}

void SqliteOutbox::mark_failed(const Delivery& delivery, std::int64_t next_attempt_at,
                               std::string_view result) {
  database_.run(kPutBack, delivery.market_id, delivery.delivery_id, next_attempt_at, result);
}

void SqliteOutbox::mark_given_up(const Delivery& delivery, std::int64_t now, std::string_view result) {
  database_.run(kFinish, delivery.market_id, delivery.delivery_id, now, false, result);
}

}  // namespace refedge::origin
