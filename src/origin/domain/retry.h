// When a delivery is tried again. Spec: docs/protocol.md#webhook-referral-confirmed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

namespace refedge::origin {

inline constexpr std::int64_t kMaxRetrySeconds = 3600;
inline constexpr std::int64_t kRetryForSeconds = 24 * 3600;

// next_attempt_at returns when a delivery made at `created_at` is tried again after it failed for the
// `failures`th time at `now`: after 1, 2, 4, ... seconds, at most an hour. nullopt: that would be more than
// 24 hours after it was made; it is given up.
[[nodiscard]] inline std::optional<std::int64_t> next_attempt_at(std::int64_t created_at,
                                                                 std::int64_t failures, std::int64_t now) {
  const std::int64_t doublings = std::clamp<std::int64_t>(failures - 1, 0, 12);  // 2^12 s is over an hour
  const std::int64_t at = now + std::min(std::int64_t{1} << doublings, kMaxRetrySeconds);
  if (at > created_at + kRetryForSeconds) return std::nullopt;
  return at;
}

}  // namespace refedge::origin
