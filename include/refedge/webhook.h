// Webhook signatures after Standard Webhooks 1.0.0. Spec:
// docs/protocol.md#webhook-signatures-standard-webhooks.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "refedge/result.h"
#include "refedge/signature.h"

namespace refedge {

inline constexpr std::int64_t kWebhookToleranceSeconds = 300;

// What is signed: the headers webhook-id and webhook-timestamp, and the body as it is sent.
struct WebhookMessage {
  std::string_view id;         // 1 to kMaxWebhookIdLength visible ASCII characters, no '.'
  std::string_view timestamp;  // Unix seconds in decimal, no leading zero
  std::string_view body;       // any bytes, at most kMaxSignedBodyLength
};

// sign_webhook returns one entry of the webhook-signature header: "v1," and the Base64 of HMAC-SHA256 over
// `<id>.<timestamp>.<body>`. A sender that rotates its secret joins one entry for each by a space.
// `secret` is "whsec_" and the Base64 of kMinWebhookKeyLength to kMaxWebhookKeyLength bytes.
// Errors: kInvalidKey (field "secret"); kMissingField, kTooLong, kInvalidField (fields "id", "timestamp");
// kTooLong (field "body"). Spec: Standard Webhooks, "Signature scheme".
[[nodiscard]] Result<std::string> sign_webhook(const WebhookMessage& message, std::string_view secret);

// verify_webhook accepts the message when one "v1" entry of `signature`, a list separated by spaces, is what
// one of `secrets` makes, and the timestamp is at most `tolerance_seconds` before or after `now` (Unix
// seconds). Entries of other versions are passed over. The time is looked at last: kTooOld and kInTheFuture
// are said of genuine messages alone. The host refuses an id that it has seen within the tolerance. Errors:
// those of sign_webhook; kTooMany (field "secrets") over kMaxWebhookSecrets, kMissingField for none;
// kMissingField, kTooLong over kMaxWebhookSignatureLength, kUnsupportedVersion when no entry is "v1",
// kSignatureMismatch (field "signature"); kTooOld, kInTheFuture (field "timestamp"); kInvalidField (fields
// "now", "tolerance_seconds") below 0 or after the year 9999.
[[nodiscard]] Result<Verified> verify_webhook(const WebhookMessage& message, std::string_view signature,
                                              std::span<const std::string_view> secrets, std::int64_t now,
                                              std::int64_t tolerance_seconds = kWebhookToleranceSeconds);

}  // namespace refedge
