#include "origin/store/sqlite/tables.h"

namespace refedge::origin {
namespace {

constexpr const char* kInsert =
    "INSERT INTO referrers (market_id, referrer_id, campaign, email, email_key, first_name, last_name,"
    " custom_field, client_data, marketing_opt_in, locale, created_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
    " ON CONFLICT (market_id, campaign, email_key) DO NOTHING";

#define REFEDGE_REFERRER_COLUMNS                                                                    \
  "SELECT market_id, referrer_id, campaign, email, email_key, first_name, last_name, custom_field," \
  " client_data, marketing_opt_in, locale, created_at FROM referrers WHERE market_id = ?1 AND "
constexpr const char* kById = REFEDGE_REFERRER_COLUMNS "referrer_id = ?2";
constexpr const char* kByEmail = REFEDGE_REFERRER_COLUMNS "campaign = ?2 AND email_key = ?3";
#undef REFEDGE_REFERRER_COLUMNS

std::optional<Referrer> read_referrer(Query query) {
  if (!query.next()) return std::nullopt;
  return Referrer{.market_id = query.text(0),
                  .referrer_id = query.text(1),
                  .campaign = query.text(2),
                  .email = query.text(3),
                  .email_key = query.text(4),
                  .first_name = query.text(5),
                  .last_name = query.text(6),
                  .custom_field = query.text(7),
                  .client_data = query.text(8),
                  .marketing_opt_in = query.flag(9),
                  .locale = query.text(10),
                  .created_at = query.number(11)};
}

}  // namespace

bool SqliteReferrers::add(const Referrer& referrer) {
  return database_.run(kInsert, referrer.market_id, referrer.referrer_id, referrer.campaign, referrer.email,
                       referrer.email_key, referrer.first_name, referrer.last_name, referrer.custom_field,
                       referrer.client_data, referrer.marketing_opt_in, referrer.locale,
                       referrer.created_at) == 1;
}

std::optional<Referrer> SqliteReferrers::find(std::string_view market_id, std::string_view referrer_id) {
  return read_referrer(database_.query(kById, market_id, referrer_id));
}

std::optional<Referrer> SqliteReferrers::find_by_email(std::string_view market_id, std::string_view campaign,
                                                       std::string_view email_key) {
  return read_referrer(database_.query(kByEmail, market_id, campaign, email_key));
}

}  // namespace refedge::origin
