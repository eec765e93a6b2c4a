// The names of evidence and of verdicts on it, by their numbers from 1. Private to src/core and src/capi.
#pragma once

#include <string_view>

namespace refedge {

inline constexpr std::string_view kEvidenceKindWords =
    "voucher_code edge_cookie browser_cookie payload_ref referrer_email";
inline constexpr std::string_view kEvidenceVerdictWords =
    "won unknown_referrer outside_window in_the_future self_referral weaker_kind other_click_won";

}  // namespace refedge
