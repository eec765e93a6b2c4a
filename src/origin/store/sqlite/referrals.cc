#include "origin/store/sqlite/tables.h"

namespace refedge::origin {
namespace {

constexpr const char* kInsert =
    "INSERT INTO referrals (market_id, order_number, campaign, referrer_id, status, created_at, changed_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)";
constexpr const char* kFind =
    "SELECT market_id, order_number, campaign, referrer_id, status, created_at"
    " FROM referrals WHERE market_id = ?1 AND order_number = ?2";
constexpr const char* kSetStatus =
    "UPDATE referrals SET status = ?3, changed_at = ?4 WHERE market_id = ?1 AND order_number = ?2";
constexpr const char* kCount =
    "SELECT count(*) FROM referrals WHERE market_id = ?1 AND referrer_id = ?2 AND status = ?3";
constexpr const char* kReport =
    "SELECT r.email, r.first_name, r.last_name, c.email, c.first_name, c.last_name, c.order_number,"
    " c.value_minor, c.currency, c.voucher_code, c.reward_category, f.status, f.created_at"
    " FROM referrals f"
    " JOIN conversions c ON c.market_id = f.market_id AND c.order_number = f.order_number"
    " JOIN referrers r ON r.market_id = f.market_id AND r.referrer_id = f.referrer_id"
    " WHERE f.market_id = ?1 AND f.campaign = ?2 AND f.created_at BETWEEN ?3 AND ?4"
    " ORDER BY f.created_at, f.order_number";

ReportRow read_row(const Query& query) {
  ReportRow row;
  row.referrer.email = query.text(0);
  row.referrer.first_name = query.text(1);
  row.referrer.last_name = query.text(2);
  row.conversion.email = query.text(3);
  row.conversion.first_name = query.text(4);
  row.conversion.last_name = query.text(5);
  row.conversion.order_number = query.text(6);
  row.conversion.value_minor = query.maybe_number(7);
  row.conversion.currency = query.text(8);
  row.conversion.voucher_code = query.text(9);
  row.conversion.reward_category = query.text(10);
  row.referral.status = static_cast<ReferralStatus>(query.number(11));
  row.referral.created_at = query.number(12);
  return row;
}

}  // namespace

void SqliteReferrals::add(const Referral& referral) {
  database_.run(kInsert, referral.market_id, referral.order_number, referral.campaign, referral.referrer_id,
                static_cast<std::int64_t>(referral.status), referral.created_at);
}

std::optional<Referral> SqliteReferrals::find(std::string_view market_id, std::string_view order_number) {
  Query query = database_.query(kFind, market_id, order_number);
  if (!query.next()) return std::nullopt;
  return Referral{.market_id = query.text(0),
                  .order_number = query.text(1),
                  .campaign = query.text(2),
                  .referrer_id = query.text(3),
                  .status = static_cast<ReferralStatus>(query.number(4)),
                  .created_at = query.number(5)};
}

void SqliteReferrals::set_status(std::string_view market_id, std::string_view order_number,
                                 ReferralStatus status, std::int64_t now) {
  database_.run(kSetStatus, market_id, order_number, static_cast<std::int64_t>(status), now);
}

std::int64_t SqliteReferrals::count_confirmed(std::string_view market_id, std::string_view referrer_id) {
  Query query =
      database_.query(kCount, market_id, referrer_id, static_cast<std::int64_t>(ReferralStatus::kConfirmed));
  query.next();
  return query.number(0);
}

std::vector<ReportRow> SqliteReferrals::report(std::string_view market_id, std::string_view campaign,
                                               std::int64_t starts_at, std::int64_t ends_at) {
  Query query = database_.query(kReport, market_id, campaign, starts_at, ends_at);
  std::vector<ReportRow> rows;
  while (query.next()) rows.push_back(read_row(query));
  return rows;
}

}  // namespace refedge::origin
