// The operations of c_api.h that a CDN worker answers a visit with.
#include <optional>

#include "capi/operation.h"
#include "capi/record.h"
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
  const auto passthrough = static_cast<Passthrough>(number_of(fields[2], {"none", "utm", "all"}));
  const auto precedence = static_cast<Precedence>(number_of(fields[3], {"link", "visitor"}));
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
  const auto source = static_cast<ConsentSource>(number_of(fields[0], {"implied", "cookie", "header"}));
  if (!is_switch(fields[3])) return bad_field("honour_gpc");
  if (!is_switch(fields[4])) return bad_field("honour_dnt");
  const ConsentRule rule = {source, fields[1], fields[2], fields[3] == "1", fields[4] == "1"};
  if (Error wrong = check_consent_rule(rule); wrong.code != Errc::kOk) return wrong;
  return std::string(consent_name(judge_consent(rule, {fields[5], fields[6], fields[7], fields[8]})));
}

Result<std::string> run_judge_capture(Fields fields) {
  const auto verdict = number_of(fields[1], {"human", "bot", "unfurler", "prefetch", "head"});
  if (verdict == 0) return bad_field("verdict");
  if (!is_switch(fields[2])) return bad_field("may_store");
  const auto now = read_number(fields[3], "now");
  if (!now) return now.error();
  const auto window = read_number(fields[4], "window_seconds");
  if (!window) return window.error();
  const auto previous = read_cookie(fields.subspan(5));
  if (!previous) return previous.error();
  const Capture capture = judge_capture({fields[0], static_cast<VisitVerdict>(verdict), fields[2] == "1",
                                         previous->code.empty() ? nullptr : &*previous, *now, *window});
  std::string record;
  append_record_field(record, capture_verdict_name(capture.verdict));
  append_record_field(record, capture.code);
  return record;
}

Result<std::string> run_is_repeat_click(Fields fields) {
  const auto now = read_number(fields[1], "now");
  if (!now) return now.error();
  const auto window = read_number(fields[2], "window_seconds");
  if (!window) return window.error();
  const auto previous = read_cookie(fields.subspan(3));
  if (!previous) return previous.error();
  return std::string(is_repeat_click(*previous, fields[0], *now, *window) ? "1" : "0");
}

}  // namespace

REFEDGE_OPERATION(build_destination, 4, 0, run_build_destination)
REFEDGE_OPERATION(build_preview_page, 6, 0, run_build_preview_page)
REFEDGE_OPERATION(judge_consent, 9, 0, run_judge_consent)
REFEDGE_OPERATION(judge_capture, 8, 0, run_judge_capture)
REFEDGE_OPERATION(is_repeat_click, 6, 0, run_is_repeat_click)

}  // namespace refedge::capi
