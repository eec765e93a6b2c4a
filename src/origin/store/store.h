// The store: small interfaces over the tables, and the transaction that ties writes together.
//
// Every call of every interface throws StoreFailure when the store cannot be read or written (disk full,
// damage, a lock not had within five seconds); that is no outcome a caller handles, but a 500. Expected
// outcomes are values: an absent row is nullopt, a row that is there already is `false`.
//
// A store belongs to one thread at a time. Several stores on one file, in one or more processes, are fine.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "origin/store/records.h"

namespace refedge::origin {

// Its text names a cause for the operator's log; it holds no value of any row.
class StoreFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Markets {
 public:
  virtual ~Markets() = default;
  // add keeps a market and its ring of cookie keys, the signing key first.
  // false: the id, the slug or the domain is taken; nothing is kept then.
  virtual bool add(const Market& market, const std::vector<CookieKeyRecord>& keys) = 0;
  virtual std::optional<Market> find(std::string_view market_id) = 0;
  virtual std::optional<Market> find_by_slug(std::string_view slug) = 0;
  virtual std::optional<Market> find_by_domain(std::string_view domain) = 0;
  virtual std::vector<CookieKeyRecord> cookie_keys(std::string_view market_id) = 0;
  virtual std::vector<CookieKeyRecord> all_cookie_keys() = 0;  // by market, the signing key first
};

class Campaigns {
 public:
  virtual ~Campaigns() = default;
  virtual bool add(const Campaign& campaign) = 0;  // false: the slug is taken in this market
  virtual std::optional<Campaign> find(std::string_view market_id, std::string_view slug) = 0;
};

class Referrers {
 public:
  virtual ~Referrers() = default;
  virtual bool add(const Referrer& referrer) = 0;  // false: this e-mail is known in this campaign
  virtual std::optional<Referrer> find(std::string_view market_id, std::string_view referrer_id) = 0;
  virtual std::optional<Referrer> find_by_email(std::string_view market_id, std::string_view campaign,
                                                std::string_view email_key) = 0;
};

struct LinkChange {
  Link link;
  std::int64_t cursor = 0;
  LinkPages pages{};   // of the link's campaign
  std::string locale;  // of its market
};

class Links {
 public:
  virtual ~Links() = default;
  virtual bool add(const Link& link) = 0;  // false: the code is taken, in whatever market
  virtual std::optional<Link> find(std::string_view market_id, std::string_view code) = 0;
  // of_referrer returns the links that were made for the referrer, oldest change first; unproven ones are not among them.
  virtual std::vector<Link> of_referrer(std::string_view market_id, std::string_view referrer_id) = 0;
  // move gives a link another location. Like `add` it makes the link the newest change of the feed.
  virtual void move(std::string_view market_id, std::string_view code, std::string_view location) = 0;
  // set_blocked blocks or frees a code of whatever market, and makes it the newest change. False: no such code.
  virtual bool set_blocked(std::string_view code, bool is_blocked) = 0;
  // changes returns at most `limit` links with a cursor above `after`, oldest change first.
  virtual std::vector<LinkChange> changes(std::int64_t after, std::size_t limit) = 0;
  virtual std::int64_t last_cursor() = 0;  // of the newest change ever; 0: none yet
};

class Clicks {
 public:
  virtual ~Clicks() = default;
  virtual bool add(const Click& click, std::int64_t received_at) = 0;  // false: the click id is known
};

struct ReportRow {
  Referrer referrer;
  Conversion conversion;
  Referral referral;
};

class Conversions {
 public:
  virtual ~Conversions() = default;
  virtual bool add(const Conversion& conversion) = 0;  // false: the order is known in this market
  virtual std::optional<Conversion> find(std::string_view market_id, std::string_view order_number) = 0;
  virtual void set_reward_category(std::string_view market_id, std::string_view order_number,
                                   std::string_view reward_category) = 0;
  virtual void add_decision(const DecisionRecord& decision) = 0;
};

class Referrals {
 public:
  virtual ~Referrals() = default;
  virtual void add(const Referral& referral) = 0;
  virtual std::optional<Referral> find(std::string_view market_id, std::string_view order_number) = 0;
  virtual void set_status(std::string_view market_id, std::string_view order_number, ReferralStatus status,
                          std::int64_t now) = 0;
  virtual std::int64_t count_confirmed(std::string_view market_id, std::string_view referrer_id) = 0;
  // report returns the referrals created from `starts_at` to `ends_at`, both included, oldest first.
  virtual std::vector<ReportRow> report(std::string_view market_id, std::string_view campaign,
                                        std::int64_t starts_at, std::int64_t ends_at) = 0;
};

class Outbox {
 public:
  virtual ~Outbox() = default;
  virtual void add(const Delivery& delivery) = 0;  // due at once
  // claim hands out the longest due delivery and keeps it from everybody else until `until`, when it is
  // due again: a worker that dies loses nothing. A market has one claimed delivery at a time, so that a
  // slow receiver holds up nobody else's.
  virtual std::optional<Delivery> claim(std::int64_t now, std::int64_t until) = 0;
  // next_due_at tells when claim may have something to hand out; nullopt: nothing is waiting.
  virtual std::optional<std::int64_t> next_due_at() = 0;
  // The three ends of an attempt; each counts it and frees the claim. `result` is a short cause.
  virtual void mark_delivered(const Delivery& delivery, std::int64_t now) = 0;
  virtual void mark_failed(const Delivery& delivery, std::int64_t next_attempt_at,
                           std::string_view result) = 0;
  virtual void mark_given_up(const Delivery& delivery, std::int64_t now, std::string_view result) = 0;
};

class Store {
 public:
  virtual ~Store() = default;
  virtual Markets& markets() = 0;
  virtual Campaigns& campaigns() = 0;
  virtual Referrers& referrers() = 0;
  virtual Links& links() = 0;
  virtual Clicks& clicks() = 0;
  virtual Conversions& conversions() = 0;
  virtual Referrals& referrals() = 0;
  virtual Outbox& outbox() = 0;

 private:
  friend class Transaction;
  virtual void begin() = 0;
  virtual void commit() = 0;  // durable when it returns
  virtual void rollback() noexcept = 0;
};

// Transaction: all writes until commit() happen together or, when it goes out of scope before, not at
// all. It takes the write lock at once. Transactions do not nest.
class Transaction {
 public:
  explicit Transaction(Store& store) : store_(store) { store_.begin(); }
  ~Transaction() {
    if (!is_done_) store_.rollback();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() {
    store_.commit();
    is_done_ = true;
  }

 private:
  Store& store_;
  bool is_done_ = false;
};

}  // namespace refedge::origin
