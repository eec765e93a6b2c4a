#include "origin/store/sqlite/tables.h"

namespace refedge::origin {
namespace {

constexpr const char* kInsert =
    "INSERT INTO conversions (market_id, order_number, campaign, email, first_name, last_name,"
    " marketing_opt_in, value_minor, currency, reward_category, voucher_code, locale, created_at, answer)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
    " ON CONFLICT (market_id, order_number) DO NOTHING";
constexpr const char* kFind =
    "SELECT market_id, order_number, campaign, email, first_name, last_name, marketing_opt_in, value_minor,"
    " currency, reward_category, voucher_code, locale, created_at, answer"
    " FROM conversions WHERE market_id = ?1 AND order_number = ?2";
constexpr const char* kSetReward =
    "UPDATE conversions SET reward_category = ?3 WHERE market_id = ?1 AND order_number = ?2";
constexpr const char* kInsertDecision =
    "INSERT INTO decisions (market_id, order_number, rule_version, decision, decided_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5)";

}  // namespace

bool SqliteConversions::add(const Conversion& conversion) {
  return database_.run(kInsert, conversion.market_id, conversion.order_number, conversion.campaign,
                       conversion.email, conversion.first_name, conversion.last_name,
                       conversion.marketing_opt_in, conversion.value_minor, conversion.currency,
                       conversion.reward_category, conversion.voucher_code, conversion.locale,
                       conversion.created_at, conversion.answer) == 1;
}

std::optional<Conversion> SqliteConversions::find(std::string_view market_id, std::string_view order_number) {
  Query query = database_.query(kFind, market_id, order_number);
  if (!query.next()) return std::nullopt;
  return Conversion{.market_id = query.text(0),
                    .order_number = query.text(1),
                    .campaign = query.text(2),
                    .email = query.text(3),
                    .first_name = query.text(4),
                    .last_name = query.text(5),
                    .marketing_opt_in = query.flag(6),
                    .value_minor = query.maybe_number(7),
                    .currency = query.text(8),
                    .reward_category = query.text(9),
                    .voucher_code = query.text(10),
                    .locale = query.text(11),
                    .created_at = query.number(12),
                    .answer = query.text(13)};
}

void SqliteConversions::set_reward_category(std::string_view market_id, std::string_view order_number,
                                            std::string_view reward_category) {
  database_.run(kSetReward, market_id, order_number, reward_category);
}

void SqliteConversions::add_decision(const DecisionRecord& decision) {
  database_.run(kInsertDecision, decision.market_id, decision.order_number,
                static_cast<std::int64_t>(decision.rule_version), decision.decision, decision.decided_at);
}

}  // namespace refedge::origin
