// The operations of c_api.h that sign and verify as other platforms do.
#include "capi/operation.h"
#include "core/json_object.h"
#include "refedge/body_signature.h"
#include "refedge/c_api.h"
#include "refedge/oauth1.h"
#include "refedge/signature_report.h"
#include "refedge/webhook.h"

namespace refedge::capi {
namespace {

void run_verify_webhook(Call& call) {
  const std::int64_t now = call.number(4, "now");
  const std::int64_t tolerance = call.number(5, "tolerance_seconds");
  if (call.has_failed()) return;
  call.check(verify_webhook({call[0], call[1], call[3]}, call[2], call.from(6), now, tolerance));
}

void run_parse_oauth_authorization(Call& call) {
  const auto authorization = parse_oauth_authorization(call[0]);
  if (!call.check(authorization)) return;
  call.put(authorization->consumer_key());
  call.put(authorization->token());
  call.put(authorization->timestamp());
  call.put(authorization->nonce());
}

void run_build_oauth_base_string(Call& call) {
  const auto authorization = parse_oauth_authorization(call[3]);
  if (call.check(authorization))
    call.answer(build_oauth_base_string({call[0], call[1], call[2]}, authorization->params));
}

void run_sign_oauth_request(Call& call) {
  const std::int64_t timestamp = call.number(7, "oauth_timestamp");
  if (call.has_failed()) return;
  call.answer(sign_oauth_request({call[0], call[1], call[2]}, {call[3], call[4], call[5], call[6]}, timestamp,
                                 call[8]));
}

void run_verify_oauth_request(Call& call) {
  const std::int64_t now = call.number(6, "now");
  const std::int64_t tolerance = call.number(7, "tolerance_seconds");
  if (call.has_failed()) return;
  const auto authorization = parse_oauth_authorization(call[3]);
  if (!call.check(authorization)) return;
  call.check(
      verify_oauth_request({call[0], call[1], call[2]}, *authorization, {call[4], call[5]}, now, tolerance));
}

void run_explain_signature_mismatch(Call& call) {
  const auto object = call.object(3);
  if (call.has_failed()) return;
  const auto findings = explain_signature_mismatch(object, call[1], call[2], call[0]);
  if (!call.check(findings)) return;
  std::string json;
  for (const SignatureFinding& finding : *findings) {
    const Field members[] = {{"reason", signature_reason_name(finding.reason)},
                             {"key", finding.key},
                             {"message", signature_reason_message(finding.reason)}};
    json += json.empty() ? '[' : ',';
    json += write_checked(members);
  }
  json += ']';
  call.answer_text(json);
}

}  // namespace

REFEDGE_OPERATION(build_body_signature, 2, 0,
                  [](Call& call) { call.answer(refedge::build_body_signature(call[0], call[1])); })
REFEDGE_OPERATION(verify_body_signature, 3, 0,
                  [](Call& call) { call.check(refedge::verify_body_signature(call[0], call[1], call[2])); })
REFEDGE_OPERATION(sign_webhook, 4, 0, [](Call& call) {
  call.answer(refedge::sign_webhook({call[0], call[1], call[2]}, call[3]));
})
REFEDGE_OPERATION(verify_webhook, 6, 1, run_verify_webhook)
REFEDGE_OPERATION(parse_oauth_authorization, 1, 0, run_parse_oauth_authorization)
REFEDGE_OPERATION(build_oauth_base_string, 4, 0, run_build_oauth_base_string)
REFEDGE_OPERATION(sign_oauth_request, 9, 0, run_sign_oauth_request)
REFEDGE_OPERATION(verify_oauth_request, 8, 0, run_verify_oauth_request)
REFEDGE_OPERATION(explain_signature_mismatch, 3, 3, run_explain_signature_mismatch)

}  // namespace refedge::capi
