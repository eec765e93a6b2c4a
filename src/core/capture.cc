#include "refedge/capture.h"

#include <cstddef>

#include "core/words.h"
#include "refedge/limits.h"
#include "refedge/query.h"
#include "refedge/share_code.h"

namespace refedge {
namespace {

bool remembers(const ReferralCookie& previous, std::string_view code, std::int64_t now,
               std::int64_t window_seconds) noexcept {
  return previous.code == code && previous.captured_at - now <= kMaxClockSkewSeconds &&
         now - previous.captured_at < window_seconds;
}

CaptureVerdict judge(const PageVisit& visit, std::string_view code) noexcept {
  if (visit.verdict != VisitVerdict::kHuman) return CaptureVerdict::kNotHuman;
  if (!visit.may_store) return CaptureVerdict::kNoConsent;
  const bool is_same =
      visit.previous != nullptr && remembers(*visit.previous, code, visit.now, visit.window_seconds);
  return is_same ? CaptureVerdict::kSameClick : CaptureVerdict::kSet;
}

// Whether `ref` can be in the query: most pages have none.
bool may_have_ref(std::string_view query) noexcept {
  return query.find("ref") != std::string_view::npos || query.find('%') != std::string_view::npos;
}

}  // namespace

bool is_repeat_click(const ReferralCookie& previous, std::string_view code, std::int64_t now,
                     std::int64_t window_seconds) noexcept {
  return !previous.click_id.empty() && remembers(previous, code, now, window_seconds);
}

Capture judge_capture(const PageVisit& visit) {
  if (!may_have_ref(visit.query)) return {};
  auto ref = capture_ref(visit.query);
  if (!ref) {
    return {ref.error().code == Errc::kNotFound ? CaptureVerdict::kNoRef : CaptureVerdict::kInvalidRef, {}};
  }
  const CaptureVerdict verdict = judge(visit, *ref);
  return {verdict, std::move(*ref)};
}

std::string_view capture_verdict_name(CaptureVerdict verdict) noexcept {
  const std::string_view name =
      word_at("set no_ref invalid_ref not_human no_consent same_click", static_cast<std::size_t>(verdict));
  return name.empty() ? "unknown" : name;
}

}  // namespace refedge
