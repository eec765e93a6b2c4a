// The report "who referred whom". Spec: docs/protocol.md#reports.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "origin/store/store.h"
#include "refedge/result.h"

namespace refedge::origin {

inline constexpr std::int64_t kDefaultReportSeconds = 7LL * 86400;
inline constexpr std::int64_t kMaxReportSeconds = 90LL * 86400;

// Unix seconds, both included.
struct ReportRange {
  std::int64_t starts_at = 0;
  std::int64_t ends_at = 0;
};

// report_range fills in what is not told: an end of `now`, a start of seven days before the end.
// Errors (field "starts_at"): kInvalidField when it is after the end; kTooLong over 90 days.
[[nodiscard]] Result<ReportRange> report_range(std::optional<std::int64_t> starts_at,
                                               std::optional<std::int64_t> ends_at, std::int64_t now);

// who_referred_whom writes the CSV of the campaign's referrals that were made in `range`.
[[nodiscard]] std::string who_referred_whom(Store& store, std::string_view market_id,
                                            std::string_view campaign, const ReportRange& range);

}  // namespace refedge::origin
