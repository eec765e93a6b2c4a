// The store's interfaces over SQLite, one class for each; what the calls promise stands in store/store.h.
#pragma once

#include "origin/store/sqlite/database.h"
#include "origin/store/store.h"

namespace refedge::origin {

class SqliteMarkets final : public Markets {
 public:
  explicit SqliteMarkets(Database& database) : database_(database) {}
  bool add(const Market& market, const std::vector<CookieKeyRecord>& keys) override;
  std::optional<Market> find(std::string_view market_id) override;
  std::optional<Market> find_by_slug(std::string_view slug) override;
  std::optional<Market> find_by_domain(std::string_view domain) override;
  std::vector<CookieKeyRecord> cookie_keys(std::string_view market_id) override;
  std::vector<CookieKeyRecord> all_cookie_keys() override;

 private:
  Database& database_;
};

class SqliteCampaigns final : public Campaigns {
 public:
  explicit SqliteCampaigns(Database& database) : database_(database) {}
  bool add(const Campaign& campaign) override;
  std::optional<Campaign> find(std::string_view market_id, std::string_view slug) override;

 private:
  Database& database_;
};

class SqliteReferrers final : public Referrers {
 public:
  explicit SqliteReferrers(Database& database) : database_(database) {}
  bool add(const Referrer& referrer) override;
  std::optional<Referrer> find(std::string_view market_id, std::string_view referrer_id) override;
  std::optional<Referrer> find_by_email(std::string_view market_id, std::string_view campaign,
                                        std::string_view email_key) override;

 private:
  Database& database_;
};

class SqliteLinks final : public Links {
 public:
  explicit SqliteLinks(Database& database) : database_(database) {}
  bool add(const Link& link) override;
  std::optional<Link> find(std::string_view market_id, std::string_view code) override;
  std::vector<Link> of_referrer(std::string_view market_id, std::string_view referrer_id) override;
  void move(std::string_view market_id, std::string_view code, std::string_view location) override;
  bool set_blocked(std::string_view code, bool is_blocked) override;
  std::vector<LinkChange> changes(std::int64_t after, std::size_t limit) override;
  std::int64_t last_cursor() override;

 private:
  std::int64_t next_cursor();
  Database& database_;
};

class SqliteClicks final : public Clicks {
 public:
  explicit SqliteClicks(Database& database) : database_(database) {}
  bool add(const Click& click, std::int64_t received_at) override;

 private:
  Database& database_;
};

class SqliteConversions final : public Conversions {
 public:
  explicit SqliteConversions(Database& database) : database_(database) {}
  bool add(const Conversion& conversion) override;
  std::optional<Conversion> find(std::string_view market_id, std::string_view order_number) override;
  void set_reward_category(std::string_view market_id, std::string_view order_number,
                           std::string_view reward_category) override;
  void add_decision(const DecisionRecord& decision) override;

 private:
  Database& database_;
};

class SqliteReferrals final : public Referrals {
 public:
  explicit SqliteReferrals(Database& database) : database_(database) {}
  void add(const Referral& referral) override;
  std::optional<Referral> find(std::string_view market_id, std::string_view order_number) override;
  void set_status(std::string_view market_id, std::string_view order_number, ReferralStatus status,
                  std::int64_t now) override;
  std::int64_t count_confirmed(std::string_view market_id, std::string_view referrer_id) override;
  std::vector<ReportRow> report(std::string_view market_id, std::string_view campaign, std::int64_t starts_at,
                                std::int64_t ends_at) override;

 private:
  Database& database_;
};

class SqliteOutbox final : public Outbox {
 public:
  explicit SqliteOutbox(Database& database) : database_(database) {}
  void add(const Delivery& delivery) override;
  std::optional<Delivery> claim(std::int64_t now, std::int64_t until) override;
  std::optional<std::int64_t> next_due_at() override;
  void mark_delivered(const Delivery& delivery, std::int64_t now) override;
  void mark_failed(const Delivery& delivery, std::int64_t next_attempt_at, std::string_view result) override;
  void mark_given_up(const Delivery& delivery, std::int64_t now, std::string_view result) override;

 private:
  Database& database_;
};

}  // namespace refedge::origin
