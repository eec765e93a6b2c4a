// Signed times: how they are read, and whether they are near enough to now. Private to src/core.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/decimal.h"
#include "refedge/result.h"
#include "refedge/signature.h"

namespace refedge {

inline constexpr std::int64_t kLastUnixSecond = 253402300799;  // 9999-12-31T23:59:59Z

[[nodiscard]] inline std::optional<std::int64_t> parse_unix_seconds(std::string_view text) noexcept {
  return parse_decimal(text, kLastUnixSecond);
}

struct Clock {
  std::int64_t now = 0;                // Unix seconds
  std::int64_t tolerance_seconds = 0;  // in either direction; the tolerance itself is accepted
};

// check_clock refuses what the host may have mistaken. Errors: kInvalidField ("now", "tolerance_seconds").
[[nodiscard]] Result<Verified> check_clock(const Clock& clock);

// check_freshness compares `timestamp`, which parse_unix_seconds has read, with a clock that check_clock has
// accepted. Errors: kTooOld, kInTheFuture (field = `field`).
[[nodiscard]] Result<Verified> check_freshness(std::int64_t timestamp, const Clock& clock, const char* field);

}  // namespace refedge
