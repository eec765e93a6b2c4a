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
  if (!is_edge && fields[4] != "browser") return Error{Errc::kInvalidField, "owner"};
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
}  // namespace refedge::capi

using refedge::capi::Fields;
using refedge::capi::run_operation;

void refedge_capture_ref(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {1}, [](Fields fields) { return refedge::capture_ref(fields[0]); });
}

void refedge_find_query_param(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {2},
                [](Fields fields) { return refedge::find_query_param(fields[0], fields[1]); });
}

void refedge_append_query_param(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {3},
                [](Fields fields) { return refedge::append_query_param(fields[0], fields[1], fields[2]); });
}

void refedge_is_share_code(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {1}, [](Fields fields) {
    return refedge::Result<std::string>(std::string(refedge::is_share_code(fields[0]) ? "1" : "0"));
  });
}

void refedge_build_cookie(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {3}, refedge::capi::run_build_cookie);
}

void refedge_parse_cookie(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {1}, refedge::capi::run_parse_cookie);
}

void refedge_find_cookie(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {2}, [](Fields fields) {
    return refedge::capi::to_text(refedge::find_cookie(fields[0], fields[1]));
  });
}

void refedge_build_set_cookie(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {5}, refedge::capi::run_build_set_cookie);
}

void refedge_write_json_object(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {0, 3}, refedge::capi::run_write_json_object);
}

void refedge_build_track_payload(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {0, 3}, refedge::capi::run_build_track_payload);
}

void refedge_visit_verdict(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {5}, refedge::capi::run_visit_verdict);
}
