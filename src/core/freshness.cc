#include "core/freshness.h"

namespace refedge {
namespace {

bool is_in_range(std::int64_t seconds) noexcept { return seconds >= 0 && seconds <= kLastUnixSecond; }

}  // namespace

Result<Verified> check_clock(const Clock& clock) {
  if (!is_in_range(clock.now)) return {Errc::kInvalidField, "now"};
  if (!is_in_range(clock.tolerance_seconds)) return {Errc::kInvalidField, "tolerance_seconds"};
  return Verified{};
}

Result<Verified> check_freshness(std::int64_t timestamp, const Clock& clock, const char* field) {
  if (clock.now - timestamp > clock.tolerance_seconds) return {Errc::kTooOld, field};
  if (timestamp - clock.now > clock.tolerance_seconds) return {Errc::kInTheFuture, field};
  return Verified{};
}

}  // namespace refedge
