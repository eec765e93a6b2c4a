// Whether a visit sets the edge's cookie, and whether it is a click of its own. Spec:
// docs/protocol.md#capture.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "refedge/cookie.h"
#include "refedge/visit.h"

namespace refedge {

// is_repeat_click tells whether a click on `code` at `now` repeats the one that `previous`, a cookie whose
// tag holds, remembers: the same code, with a click id, less than `window_seconds` ago. A time in the future
// counts as now when it is at most kMaxClockSkewSeconds ahead. Only the cookie tells: two people behind one
// address are two clicks. A repeat takes over the click id and sets no cookie.
[[nodiscard]] bool is_repeat_click(const ReferralCookie& previous, std::string_view code, std::int64_t now,
                                   std::int64_t window_seconds) noexcept;

// Stored numbers, append-only.
enum class CaptureVerdict : std::uint8_t {
  kSet = 1,         // set the cookie: `code`, no click id, now
  kNoRef = 2,       // the query has no `ref`
  kInvalidRef = 3,  // it is no share-link code
  kNotHuman = 4,    // the visit verdict is not human
  kNoConsent = 5,   // the visitor has not agreed
  kSameClick = 6,   // the cookie remembers this code already, within the window
};

// A request for one of the merchant's pages.
struct PageVisit {
  std::string_view query;  // with or without its '?'
  VisitVerdict verdict = VisitVerdict::kHuman;
  bool may_store = true;                     // what judge_consent says
  const ReferralCookie* previous = nullptr;  // the cookie of the request, when its tag holds
  std::int64_t now = 0;                      // Unix seconds
  std::int64_t window_seconds = 0;           // of repeats
};

struct Capture {
  CaptureVerdict verdict = CaptureVerdict::kNoRef;
  std::string code;  // of `ref`; empty for kNoRef and kInvalidRef
};

// judge_capture decides whether `?ref=` on a page becomes a cookie. The reasons not to are looked at in the
// order of the list. Without "ref" or a '%' in the query it allocates nothing.
[[nodiscard]] Capture judge_capture(const PageVisit& visit);

// capture_verdict_name gives the name used in JSON and logs: "set", "no_ref", "invalid_ref", "not_human",
// "no_consent", "same_click".
[[nodiscard]] std::string_view capture_verdict_name(CaptureVerdict verdict) noexcept;

}  // namespace refedge
