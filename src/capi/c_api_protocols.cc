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

REFEDGE_OPERATION(build_body_signature, 2, 0,
                  [](Fields fields) { return refedge::build_body_signature(fields[0], fields[1]); })
REFEDGE_OPERATION(verify_body_signature, 3, 0, [](Fields fields) {
  return refedge::capi::to_nothing(refedge::verify_body_signature(fields[0], fields[1], fields[2]));
})
REFEDGE_OPERATION(sign_webhook, 4, 0, [](Fields fields) {
  return refedge::sign_webhook({fields[0], fields[1], fields[2]}, fields[3]);
})
REFEDGE_OPERATION(verify_webhook, 6, 1, run_verify_webhook)
REFEDGE_OPERATION(parse_oauth_authorization, 1, 0, run_parse_oauth_authorization)
REFEDGE_OPERATION(build_oauth_base_string, 4, 0, run_build_oauth_base_string)
REFEDGE_OPERATION(sign_oauth_request, 9, 0, run_sign_oauth_request)
REFEDGE_OPERATION(verify_oauth_request, 8, 0, run_verify_oauth_request)
REFEDGE_OPERATION(explain_signature_mismatch, 3, 3, run_explain_signature_mismatch)

}  // namespace refedge::capi
