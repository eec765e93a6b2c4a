// The unkeyed operations of c_api.h.
#include "refedge/c_api.h"

#include "capi/operation.h"
#include "refedge/query.h"
#include "refedge/share_code.h"
#include "refedge/track.h"
#include "refedge/visit.h"

namespace refedge::capi {
namespace {

Result<std::string> run_build_cookie(Fields fields) {
  const auto cookie = read_cookie(fields);
  if (!cookie) return cookie.error();
  return build_cookie(*cookie);
}

Result<std::string> run_parse_cookie(Fields fields) {
  const auto cookie = parse_cookie(fields[0]);
  if (!cookie) return cookie.error();
  return write_cookie(*cookie);
}

Result<std::string> run_build_set_cookie(Fields fields) {
  const auto max_age = read_number(fields[3], "max_age_seconds");
  if (!max_age) return max_age.error();
  const bool is_edge = fields[4] == "edge";
  if (!is_edge && fields[4] != "browser") return {Errc::kInvalidField, "owner"};
  const CookieOwner owner = is_edge ? CookieOwner::kEdge : CookieOwner::kBrowser;
  return build_set_cookie({fields[0], fields[1], fields[2], *max_age, owner});
}

Result<std::string> run_write_json_object(Fields fields) {
  const auto object = read_object_fields(fields);
  if (!object) return object.error();
  return write_json_object(*object);
}

Result<std::string> run_build_track_payload(Fields fields) {
  const auto object = read_object_fields(fields);
  if (!object) return object.error();
  return build_track_payload(*object);
}

Result<std::string> run_visit_verdict(Fields fields) {
  return std::string(
      visit_verdict_name(visit_verdict({fields[0], fields[1], fields[2], fields[3], fields[4]})));
}

}  // namespace

REFEDGE_OPERATION(capture_ref, 1, 0, [](Fields fields) { return refedge::capture_ref(fields[0]); })
REFEDGE_OPERATION(find_query_param, 2, 0,
                  [](Fields fields) { return refedge::find_query_param(fields[0], fields[1]); })
REFEDGE_OPERATION(append_query_param, 3, 0,
                  [](Fields fields) { return refedge::append_query_param(fields[0], fields[1], fields[2]); })
REFEDGE_OPERATION(is_share_code, 1, 0, [](Fields fields) {
  return refedge::Result<std::string>(std::string(refedge::is_share_code(fields[0]) ? "1" : "0"));
})
REFEDGE_OPERATION(build_cookie, 3, 0, run_build_cookie)
REFEDGE_OPERATION(parse_cookie, 1, 0, run_parse_cookie)
REFEDGE_OPERATION(find_cookie, 2, 0, [](Fields fields) {
  return refedge::capi::to_text(refedge::find_cookie(fields[0], fields[1]));
})
REFEDGE_OPERATION(build_set_cookie, 5, 0, run_build_set_cookie)
REFEDGE_OPERATION(write_json_object, 0, 3, run_write_json_object)
REFEDGE_OPERATION(build_track_payload, 0, 3, run_build_track_payload)
REFEDGE_OPERATION(visit_verdict, 5, 0, run_visit_verdict)

}  // namespace refedge::capi
