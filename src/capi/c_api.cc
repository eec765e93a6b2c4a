// The unkeyed operations of c_api.h.
#include "refedge/c_api.h"

#include "capi/operation.h"
#include "refedge/query.h"
#include "refedge/share_code.h"
#include "refedge/track.h"
#include "refedge/visit.h"

namespace refedge::capi {
namespace {

void run_build_cookie(Call& call) {
  const ReferralCookie cookie = call.cookie(0);
  if (!call.has_failed()) call.answer(build_cookie(cookie));
}

void run_parse_cookie(Call& call) {
  const auto cookie = parse_cookie(call[0]);
  if (call.check(cookie)) call.put_cookie(*cookie);
}

void run_find_cookie(Call& call) {
  const auto value = find_cookie(call[0], call[1]);
  if (call.check(value)) call.answer_text(*value);
}

void run_build_set_cookie(Call& call) {
  const std::int64_t max_age = call.number(3, "max_age_seconds");
  const bool is_edge = call.choice(4, "owner", "browser edge") == 2;
  if (call.has_failed()) return;
  call.answer(build_set_cookie(
      {call[0], call[1], call[2], max_age, is_edge ? CookieOwner::kEdge : CookieOwner::kBrowser}));
}

void run_write_json_object(Call& call) {
  const auto object = call.object(0);
  if (!call.has_failed()) call.answer(write_json_object(object));
}

void run_build_track_payload(Call& call) {
  const auto object = call.object(0);
  if (!call.has_failed()) call.answer(build_track_payload(object));
}

void run_visit_verdict(Call& call) {
  call.answer_text(visit_verdict_name(visit_verdict({call[0], call[1], call[2], call[3], call[4]})));
}

}  // namespace

REFEDGE_OPERATION(capture_ref, 1, 0, [](Call& call) { call.answer(refedge::capture_ref(call[0])); })
REFEDGE_OPERATION(find_query_param, 2, 0,
                  [](Call& call) { call.answer(refedge::find_query_param(call[0], call[1])); })
REFEDGE_OPERATION(append_query_param, 3, 0,
                  [](Call& call) { call.answer(refedge::append_query_param(call[0], call[1], call[2])); })
REFEDGE_OPERATION(is_share_code, 1, 0,
                  [](Call& call) { call.answer_text(refedge::is_share_code(call[0]) ? "1" : "0"); })
REFEDGE_OPERATION(build_cookie, 3, 0, run_build_cookie)
REFEDGE_OPERATION(parse_cookie, 1, 0, run_parse_cookie)
REFEDGE_OPERATION(find_cookie, 2, 0, run_find_cookie)
REFEDGE_OPERATION(build_set_cookie, 5, 0, run_build_set_cookie)
REFEDGE_OPERATION(write_json_object, 0, 3, run_write_json_object)
REFEDGE_OPERATION(build_track_payload, 0, 3, run_build_track_payload)
REFEDGE_OPERATION(visit_verdict, 5, 0, run_visit_verdict)

}  // namespace refedge::capi
