#include "origin/store/sqlite/sqlite_store.h"

#include "origin/store/sqlite/database.h"
#include "origin/store/sqlite/migrations.h"
#include "origin/store/sqlite/tables.h"

namespace refedge::origin {
namespace {

class SqliteStore final : public Store {
 public:
  explicit SqliteStore(const std::string& path) : database_(path) { migrate(database_, all_migrations()); }

  Markets& markets() override { return markets_; }
  Campaigns& campaigns() override { return campaigns_; }
  Referrers& referrers() override { return referrers_; }
  Links& links() override { return links_; }
  Clicks& clicks() override { return clicks_; }
  Conversions& conversions() override { return conversions_; }
  Referrals& referrals() override { return referrals_; }
  Outbox& outbox() override { return outbox_; }

 private:
  void begin() override { database_.run_script("BEGIN IMMEDIATE"); }
  void commit() override { database_.run_script("COMMIT"); }
  void rollback() noexcept override { database_.rollback(); }

  Database database_;
  SqliteMarkets markets_{database_};
  SqliteCampaigns campaigns_{database_};
  SqliteReferrers referrers_{database_};
  SqliteLinks links_{database_};
  SqliteClicks clicks_{database_};
  SqliteConversions conversions_{database_};
  SqliteReferrals referrals_{database_};
  SqliteOutbox outbox_{database_};
};

}  // namespace

std::unique_ptr<Store> open_sqlite_store(const std::string& path) {
  return std::make_unique<SqliteStore>(path);
}

}  // namespace refedge::origin
