// The operations of c_api.h that a CDN worker answers a visit with.
#include "capi/operation.h"
#include "refedge/c_api.h"
#include "refedge/capture.h"
#include "refedge/consent.h"
#include "refedge/destination.h"
#include "refedge/handoff.h"
#include "refedge/limits.h"
#include "refedge/preview.h"
#include "refedge/visit.h"

namespace refedge::capi {
namespace {

void run_build_destination(Call& call) {
  if (call[0].size() > kMaxUrlLength) call.fail(Errc::kTooLong, "location");
  if (!is_location(call[0])) call.fail(Errc::kInvalidField, "location");
  const auto passthrough = static_cast<Passthrough>(call.choice(2, "passthrough", "none utm all"));
  const auto precedence = static_cast<Precedence>(call.choice(3, "precedence", "link visitor"));
  std::string buffer;
  if (!call.has_failed())
    call.answer_text(build_destination(call[0], call[1], {passthrough, precedence}, buffer));
}

void run_judge_consent(Call& call) {
  const auto source = static_cast<ConsentSource>(call.choice(0, "source", "implied cookie header"));
  const bool honour_gpc = call.flag(3, "honour_gpc");
  const bool honour_dnt = call.flag(4, "honour_dnt");
  if (call.has_failed()) return;
  const ConsentRule rule = {source, call[1], call[2], honour_gpc, honour_dnt};
  if (const Error wrong = check_consent_rule(rule); wrong.code != Errc::kOk)
    return call.fail(wrong.code, wrong.field);
  call.answer_text(consent_name(judge_consent(rule, {call[5], call[6], call[7], call[8]})));
}

void run_judge_capture(Call& call) {
  const auto verdict =
      static_cast<VisitVerdict>(call.choice(1, "verdict", "human bot unfurler prefetch head"));
  const bool may_store = call.flag(2, "may_store");
  const std::int64_t now = call.number(3, "now");
  const std::int64_t window = call.number(4, "window_seconds");
  const ReferralCookie previous = call.cookie(5);
  if (call.has_failed()) return;
  const Capture capture =
      judge_capture({call[0], verdict, may_store, previous.code.empty() ? nullptr : &previous, now, window});
  call.put(capture_verdict_name(capture.verdict));
  call.put(capture.code);
}

void run_is_repeat_click(Call& call) {
  const std::int64_t now = call.number(1, "now");
  const std::int64_t window = call.number(2, "window_seconds");
  const ReferralCookie previous = call.cookie(3);
  if (!call.has_failed()) call.answer_text(is_repeat_click(previous, call[0], now, window) ? "1" : "0");
}

void run_sign_handoff(Call& call) {
  if (call[0].size() != 1) call.fail(Errc::kInvalidKey, "cookie_key");
  const std::int64_t issued = call.number(2, "issued");
  const ReferralCookie cookie = call.cookie(3);
  if (!call.has_failed()) call.answer(sign_handoff(cookie, issued, {call[0].front(), call[1]}));
}

void run_verify_handoff(Call& call) {
  const std::int64_t now = call.number(1, "now");
  const auto keys = call.cookie_keys(2);
  if (call.has_failed()) return;
  const auto cookie = verify_handoff(call[0], keys, now);
  if (call.check(cookie)) call.put_cookie(*cookie);
}

}  // namespace

REFEDGE_OPERATION(build_destination, 4, 0, run_build_destination)
REFEDGE_OPERATION(build_preview_page, 6, 0, [](Call& call) {
  call.answer(refedge::build_preview_page({call[0], call[1], call[2], call[3], call[4], call[5]}));
})
REFEDGE_OPERATION(judge_consent, 9, 0, run_judge_consent)
REFEDGE_OPERATION(judge_capture, 8, 0, run_judge_capture)
REFEDGE_OPERATION(is_repeat_click, 6, 0, run_is_repeat_click)
REFEDGE_OPERATION(sign_handoff, 6, 0, run_sign_handoff)
REFEDGE_OPERATION(verify_handoff, 2, 2, run_verify_handoff)

}  // namespace refedge::capi
