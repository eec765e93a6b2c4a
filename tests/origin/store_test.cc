// What store/store.h promises, held against SQLite; and the migrations.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <thread>

#include "origin/store/sqlite/database.h"
#include "origin/store/sqlite/migrations.h"
#include "origin/store/sqlite/sqlite_store.h"
#include "test_origin.h"

namespace refedge::origin::test {
namespace {

class StoreTest : public testing::Test {
 protected:
  void SetUp() override {
    NewMarket market;
    market.slug = "demo";
    market.domain = "bp.shop.example";
    market.currency = "GBP";
    market.locale = "en";
    market_ = create_market(*store_, market)->market_id;
    NewCampaign campaign;
    campaign.market = "demo";
    campaign.slug = "raf";
    campaign.name = "RAF";
    campaign.destination = "https://shop.example/";
    ASSERT_TRUE(create_campaign(*store_, campaign));
    store_->referrers().add(referrer("r1", "maya@example.com"));
  }

  Referrer referrer(const std::string& id, const std::string& email) const {
    Referrer made;
    made.market_id = market_;
    made.referrer_id = id;
    made.campaign = "raf";
    made.email = email;
    made.email_key = email;
    return made;
  }

  Link link(const std::string& code) const {
    Link made;
    made.market_id = market_;
    made.code = code;
    made.campaign = "raf";
    made.referrer_id = "r1";
    made.location = "https://shop.example/?ref=" + code;
    return made;
  }

  Conversion conversion(const std::string& order) const {
    Conversion made;
    made.market_id = market_;
    made.order_number = order;
    return made;
  }

  Delivery delivery(const std::string& id, std::int64_t at) const {
    Delivery made;
    made.market_id = market_;
    made.delivery_id = id;
    made.url = "https://shop.example/hook";
    made.created_at = at;
    return made;
  }

  TempDirectory directory_;
  std::string path_ = directory_.file("store.db");
  std::unique_ptr<Store> store_ = open_sqlite_store(path_);
  std::string market_;
};

TEST_F(StoreTest, IsAFileOfItsOwnerAlone) {
  for (const char* suffix : {"", "-wal", "-shm"}) {
    struct stat info {};
    ASSERT_EQ(::stat((path_ + suffix).c_str(), &info), 0) << suffix;
    EXPECT_EQ(info.st_mode & 0777U, 0600U) << suffix;
  }
}

TEST_F(StoreTest, WaitsForTheDiskAndChecksForeignKeys) {
  Database database(path_);
  const auto pragma = [&](const char* sql) {
    Query query = database.query(sql);
    query.next();
    return query.text(0);
  };
  EXPECT_EQ(pragma("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(pragma("PRAGMA synchronous"), "2");
  EXPECT_EQ(pragma("PRAGMA foreign_keys"), "1");
  Referrer lost = referrer("r9", "lost@example.com");
  lost.campaign = "no-such-campaign";
  EXPECT_THROW(store_->referrers().add(lost), StoreFailure);
}

TEST_F(StoreTest, RollsBackWhatIsNotCommitted) {
  {
    Transaction transaction(*store_);
    store_->conversions().add(conversion("O1"));
  }
  EXPECT_FALSE(store_->conversions().find(market_, "O1"));
  {
    Transaction transaction(*store_);
    store_->conversions().add(conversion("O1"));
    transaction.commit();
  }
  EXPECT_TRUE(store_->conversions().find(market_, "O1"));
}

TEST_F(StoreTest, KeepsAnOrderOnceAndAnEmailOnce) {
  EXPECT_TRUE(store_->conversions().add(conversion("O1")));
  EXPECT_FALSE(store_->conversions().add(conversion("O1")));
  EXPECT_FALSE(store_->referrers().add(referrer("r2", "maya@example.com")));
  EXPECT_TRUE(store_->referrers().add(referrer("r2", "other@example.com")));
}

TEST_F(StoreTest, GivesAnOrderToOneOfTwoStores) {
  constexpr int kOrders = 50;
  std::atomic<int> added{0};
  const auto add_all = [&] {
    const auto store = open_sqlite_store(path_);
    for (int i = 0; i < kOrders; ++i) {
      Transaction transaction(*store);
      if (store->conversions().add(conversion("O" + std::to_string(i)))) ++added;
      transaction.commit();
    }
  };
  std::thread one(add_all);
  std::thread two(add_all);
  one.join();
  two.join();
  EXPECT_EQ(added, kOrders);
}

TEST_F(StoreTest, FeedsLinksInTheOrderOfTheirChanges) {
  ASSERT_TRUE(store_->links().add(link("aaa")));
  ASSERT_TRUE(store_->links().add(link("bbb")));
  EXPECT_FALSE(store_->links().add(link("aaa")));
  store_->links().move(market_, "aaa", "https://shop.example/?ref=aaa&n=1");
  const auto all = store_->links().changes(0, 10);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].link.code, "bbb");
  EXPECT_EQ(all[1].link.code, "aaa");
  EXPECT_EQ(all[1].link.location, "https://shop.example/?ref=aaa&n=1");
  EXPECT_LT(all[0].cursor, all[1].cursor);
  EXPECT_EQ(store_->links().changes(all[0].cursor, 10).size(), 1U);
  EXPECT_TRUE(store_->links().changes(all[1].cursor, 10).empty());
  EXPECT_EQ(store_->links().changes(0, 1).size(), 1U);
}

TEST_F(StoreTest, HandsOutADeliveryOnce) {
  store_->outbox().add(delivery("d1", 100));
  EXPECT_FALSE(store_->outbox().claim(99, 160));
  const auto first = store_->outbox().claim(100, 160);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->delivery_id, "d1");
  EXPECT_FALSE(store_->outbox().claim(159, 219));
  EXPECT_TRUE(store_->outbox().claim(160, 220)) << "the claim of a worker that died runs out";
}

TEST_F(StoreTest, HandsOutOneDeliveryOfAMarketAtATime) {
  store_->outbox().add(delivery("d1", 100));
  store_->outbox().add(delivery("d2", 101));
  const auto first = store_->outbox().claim(200, 260);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->delivery_id, "d1");
  EXPECT_FALSE(store_->outbox().claim(200, 260));
  store_->outbox().mark_delivered(*first, 201);
  const auto second = store_->outbox().claim(201, 261);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->delivery_id, "d2");
  store_->outbox().mark_failed(*second, 205, "status 500");
  EXPECT_EQ(store_->outbox().next_due_at(), 205);
  const auto again = store_->outbox().claim(205, 265);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->attempts, 1);
  store_->outbox().mark_given_up(*again, 206, "status 500");
  EXPECT_EQ(store_->outbox().next_due_at(), std::nullopt);
}

TEST(Migrations, ApplyOnceInOrder) {
  TempDirectory directory;
  Database database(directory.file("m.db"));
  const std::array<Migration, 2> two = {
      {{1, "one", "CREATE TABLE a (x)"}, {2, "two", "ALTER TABLE a ADD y"}}};
  EXPECT_EQ(migrate(database, std::span(two).first(1)), 1);
  EXPECT_EQ(migrate(database, two), 2);
  EXPECT_EQ(migrate(database, two), 2);
  Query versions = database.query("SELECT group_concat(version) FROM schema_migrations");
  versions.next();
  EXPECT_EQ(versions.text(0), "1,2");
  EXPECT_NO_THROW(database.run("INSERT INTO a (x, y) VALUES (1, 2)"));
}

TEST(Migrations, ChangeNothingWhenOneFails) {
  TempDirectory directory;
  Database database(directory.file("m.db"));
  const std::array<Migration, 2> broken = {{{1, "one", "CREATE TABLE a (x)"}, {2, "two", "no SQL"}}};
  EXPECT_THROW(migrate(database, broken), StoreFailure);
  Query tables = database.query("SELECT count(*) FROM sqlite_schema");
  tables.next();
  EXPECT_EQ(tables.number(0), 0);
}

TEST(Migrations, RefuseANewerSchema) {
  TempDirectory directory;
  const std::string path = directory.file("m.db");
  open_sqlite_store(path).reset();
  {
    Database database(path);
    database.run("INSERT INTO schema_migrations (version, name) VALUES (999, 'later')");
  }
  try {
    (void)open_sqlite_store(path);
    FAIL() << "it opened";
  } catch (const StoreFailure& failure) {
    EXPECT_NE(std::string(failure.what()).find("newer refedge"), std::string::npos);
  }
}

TEST(Migrations, AreNumberedFromOne) {
  std::int64_t expected = 1;
  for (const Migration& migration : all_migrations()) EXPECT_EQ(migration.version, expected++);
  EXPECT_GT(expected, 1);
}

}  // namespace
}  // namespace refedge::origin::test
