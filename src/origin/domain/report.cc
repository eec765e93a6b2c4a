#include "origin/domain/report.h"

#include <array>

#include "origin/domain/confirmations.h"
#include "origin/domain/csv.h"

namespace refedge::origin {
namespace {

using Cells = std::array<std::string, 13>;

const Cells kHeader = {"ReferrerEmail",   "ReferrerFirstName", "ReferrerLastName", "FriendEmail",
                       "FriendFirstName", "FriendLastName",    "OrderNumber",      "OrderValue",
                       "Currency",        "VoucherCode",       "RewardCategory",   "Status",
                       "ReferredAt"};

std::string money_text(const std::optional<std::int64_t>& minor) {
  if (!minor) return {};
  std::string cents = std::to_string(*minor % 100);
  if (cents.size() < 2) cents.insert(0, 1, '0');
  return std::to_string(*minor / 100) + "." + cents;
}

Cells cells_of(const ReportRow& row) {
  return {row.referrer.email,
          row.referrer.first_name,
          row.referrer.last_name,
          row.conversion.email,
          row.conversion.first_name,
          row.conversion.last_name,
          row.conversion.order_number,
          money_text(row.conversion.value_minor),
          row.conversion.currency,
          row.conversion.voucher_code,
          row.conversion.reward_category,
          std::string(referral_status_name(row.referral.status)),
          std::to_string(row.referral.created_at)};
}

}  // namespace

Result<ReportRange> report_range(std::optional<std::int64_t> starts_at, std::optional<std::int64_t> ends_at,
                                 std::int64_t now) {
  ReportRange range;
  range.ends_at = ends_at.value_or(now);
  range.starts_at = starts_at.value_or(range.ends_at - kDefaultReportSeconds);
  if (range.starts_at > range.ends_at) return Error{Errc::kInvalidField, "starts_at"};
  if (range.ends_at - range.starts_at > kMaxReportSeconds) return Error{Errc::kTooLong, "starts_at"};
  return range;
}

std::string who_referred_whom(Store& store, std::string_view market_id, std::string_view campaign,
                              const ReportRange& range) {
  std::string csv;
  append_csv_row(csv, kHeader);
  for (const ReportRow& row : store.referrals().report(market_id, campaign, range.starts_at, range.ends_at)) {
    append_csv_row(csv, cells_of(row));
  }
  return csv;
}

}  // namespace refedge::origin
