// The operations of c_api.h that a CDN worker answers a visit with.
#include "capi/operation.h"
#include "capi/record.h"
#include "core/words.h"
#include "refedge/c_api.h"
#include "refedge/capture.h"
#include "refedge/consent.h"
#include "refedge/destination.h"
#include "refedge/limits.h"
#include "refedge/preview.h"
#include "refedge/visit.h"

namespace refedge::capi {
namespace {

Error bad_field(const char* name) { return {Errc::kInvalidField, name}; }

Result<std::string> run_build_destination(Fields fields) {
  const auto passthrough = static_cast<Passthrough>(number_of("none utm all", fields[2]));
  const auto precedence = static_cast<Precedence>(number_of("link visitor", fields[3]));
  if (fields[0].size() > kMaxUrlLength) return Error{Errc::kTooLong, "location"};
  if (!is_location(fields[0])) return bad_field("location");
  if (passthrough == Passthrough{}) return bad_field("passthrough");
  if (precedence == Precedence{}) return bad_field("precedence");
  std::string buffer;
  return std::string(build_destination(fields[0], fields[1], {passthrough, precedence}, buffer));
}

Result<std::string> run_build_preview_page(Fields fields) {
  return build_preview_page({fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]});
}

Result<std::string> run_judge_consent(Fields fields) {
  const auto source = static_cast<ConsentSource>(number_of("implied cookie header", fields[0]));
  if (!is_switch(fields[3])) return bad_field("honour_gpc");
  if (!is_switch(fields[4])) return bad_field("honour_dnt");
  const ConsentRule rule = {source, fields[1], fields[2], fields[3] == "1", fields[4] == "1"};
  if (Error wrong = check_consent_rule(rule); wrong.code != Errc::kOk) return wrong;
  return std::string(consent_name(judge_consent(rule, {fields[5], fields[6], fields[7], fields[8]})));
}

// now, window_seconds, then the cookie that the visitor has.
struct Remembered {
  std::int64_t now = 0;
  std::int64_t window_seconds = 0;
  ReferralCookie cookie;
};

Result<Remembered> read_remembered(Fields fields) {
  const auto now = read_number(fields[0], "now");
  if (!now) return now.error();
  const auto window = read_number(fields[1], "window_seconds");
  if (!window) return window.error();
  auto cookie = read_cookie(fields.subspan(2));
  if (!cookie) return cookie.error();
  return Remembered{*now, *window, std::move(*cookie)};
}

Result<std::string> run_judge_capture(Fields fields) {
  const auto verdict = number_of("human bot unfurler prefetch head", fields[1]);
  if (verdict == 0) return bad_field("verdict");
  if (!is_switch(fields[2])) return bad_field("may_store");
  const auto known = read_remembered(fields.subspan(3));
  if (!known) return known.error();
  const Capture capture = judge_capture({fields[0], static_cast<VisitVerdict>(verdict), fields[2] == "1",
                                         known->cookie.code.empty() ? nullptr : &known->cookie, known->now,
                                         known->window_seconds});
  std::string record;
  append_record_field(record, capture_verdict_name(capture.verdict));
  append_record_field(record, capture.code);
  return record;
}

Result<std::string> run_is_repeat_click(Fields fields) {
  const auto known = read_remembered(fields.subspan(1));
  if (!known) return known.error();
  return std::string(is_repeat_click(known->cookie, fields[0], known->now, known->window_seconds) ? "1"
                                                                                                  : "0");
}

}  // namespace

REFEDGE_OPERATION(build_destination, 4, 0, run_build_destination)
REFEDGE_OPERATION(build_preview_page, 6, 0, run_build_preview_page)
REFEDGE_OPERATION(judge_consent, 9, 0, run_judge_consent)
REFEDGE_OPERATION(judge_capture, 8, 0, run_judge_capture)
REFEDGE_OPERATION(is_repeat_click, 6, 0, run_is_repeat_click)

}  // namespace refedge::capi
