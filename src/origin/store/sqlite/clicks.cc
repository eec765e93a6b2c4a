#include "origin/store/sqlite/tables.h"

namespace refedge::origin {

bool SqliteClicks::add(const Click& click, std::int64_t received_at) {
  constexpr const char* kInsert =
      "INSERT INTO clicks (market_id, click_id, code, at_ms, verdict, received_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
  return database_.run(kInsert, click.market_id, click.click_id, click.code, click.at_ms,
                       static_cast<std::int64_t>(click.verdict), received_at) == 1;
}

}  // namespace refedge::origin
