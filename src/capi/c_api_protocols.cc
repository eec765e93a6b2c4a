// The operations of c_api.h that sign and verify as other platforms do.
#include "capi/operation.h"
#include "capi/record.h"
#include "core/json_object.h"
#include "refedge/body_signature.h"
#include "refedge/c_api.h"
#include "refedge/oauth1.h"
#include "refedge/signature_report.h"
#include "refedge/webhook.h"

namespace refedge::capi {
namespace {

Result<std::string> to_nothing(const Result<Verified>& verified) {
  if (!verified) return verified.error();
  return std::string();
}

Result<std::string> run_verify_webhook(Fields fields) {
  const auto now = read_number(fields[4], "now");
  if (!now) return now.error();
  const auto tolerance = read_number(fields[5], "tolerance_seconds");
  if (!tolerance) return tolerance.error();
  return to_nothing(
      verify_webhook({fields[0], fields[1], fields[3]}, fields[2], fields.subspan(6), *now, *tolerance));
}

Result<std::string> run_parse_oauth_authorization(Fields fields) {
  const auto authorization = parse_oauth_authorization(fields[0]);
  if (!authorization) return authorization.error();
  std::string record;
  append_record_field(record, authorization->consumer_key());
  append_record_field(record, authorization->token());
  append_record_field(record, authorization->timestamp());
  append_record_field(record, authorization->nonce());
  return record;
}

Result<std::string> run_build_oauth_base_string(Fields fields) {
  const auto authorization = parse_oauth_authorization(fields[3]);
  if (!authorization) return authorization.error();
  return build_oauth_base_string({fields[0], fields[1], fields[2]}, authorization->params);
}

Result<std::string> run_sign_oauth_request(Fields fields) {
  const auto timestamp = read_number(fields[7], "oauth_timestamp");
  if (!timestamp) return timestamp.error();
  return sign_oauth_request({fields[0], fields[1], fields[2]}, {fields[3], fields[4], fields[5], fields[6]},
                            *timestamp, fields[8]);
}

Result<std::string> run_verify_oauth_request(Fields fields) {
  const auto now = read_number(fields[6], "now");
  if (!now) return now.error();
  const auto tolerance = read_number(fields[7], "tolerance_seconds");
  if (!tolerance) return tolerance.error();
  const auto authorization = parse_oauth_authorization(fields[3]);
  if (!authorization) return authorization.error();
  return to_nothing(verify_oauth_request({fields[0], fields[1], fields[2]}, *authorization,
                                         {fields[4], fields[5]}, *now, *tolerance));
}

std::string write_findings(std::span<const SignatureFinding> findings) {
  std::string json;
  for (const SignatureFinding& finding : findings) {
    const Field members[] = {{"reason", signature_reason_name(finding.reason)},
                             {"key", finding.key},
                             {"message", signature_reason_message(finding.reason)}};
    json += json.empty() ? '[' : ',';
    append_json_object(json, members);
  }
  return json + ']';
}

Result<std::string> run_explain_signature_mismatch(Fields fields) {
  const auto object = read_object_fields(fields.subspan(3));
  if (!object) return object.error();
  const auto findings = explain_signature_mismatch(*object, fields[1], fields[2], fields[0]);
  if (!findings) return findings.error();
  return write_findings(*findings);
}

}  // namespace
}  // namespace refedge::capi

using refedge::capi::Fields;
using refedge::capi::run_operation;

void refedge_build_body_signature(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {2},
                [](Fields fields) { return refedge::build_body_signature(fields[0], fields[1]); });
}

void refedge_verify_body_signature(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {3}, [](Fields fields) {
    return refedge::capi::to_nothing(refedge::verify_body_signature(fields[0], fields[1], fields[2]));
  });
}

void refedge_sign_webhook(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {4}, [](Fields fields) {
    return refedge::sign_webhook({fields[0], fields[1], fields[2]}, fields[3]);
  });
}

void refedge_verify_webhook(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {6, 1}, refedge::capi::run_verify_webhook);
}

void refedge_parse_oauth_authorization(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {1}, refedge::capi::run_parse_oauth_authorization);
}

void refedge_build_oauth_base_string(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {4}, refedge::capi::run_build_oauth_base_string);
}

void refedge_sign_oauth_request(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {9}, refedge::capi::run_sign_oauth_request);
}

void refedge_verify_oauth_request(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {8}, refedge::capi::run_verify_oauth_request);
}

void refedge_explain_signature_mismatch(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {3, 3}, refedge::capi::run_explain_signature_mismatch);
}
