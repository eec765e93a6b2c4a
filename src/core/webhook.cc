#include "refedge/webhook.h"

#include <cstddef>
#include <vector>

#include "core/ascii.h"
#include "core/crypto/crypto.h"
#include "core/freshness.h"
#include "core/take_until.h"
#include "refedge/base64.h"
#include "refedge/limits.h"
#include "refedge/secret.h"

namespace refedge {
namespace {

constexpr std::string_view kSecretPrefix = "whsec_";
constexpr std::string_view kVersionPrefix = "v1,";

bool is_id_character(char c) noexcept { return c > ' ' && c < 0x7F && c != '.'; }

// Neither the id nor the timestamp may hold the '.' that separates them from the rest: else one signed
// content could be read as two messages.
Result<Verified> check_message(const WebhookMessage& message) {
  if (message.id.empty()) return {Errc::kMissingField, "id"};
  if (message.id.size() > kMaxWebhookIdLength) return {Errc::kTooLong, "id"};
  if (!all_of(message.id, is_id_character)) return {Errc::kInvalidField, "id"};
  if (message.timestamp.empty()) return {Errc::kMissingField, "timestamp"};
  if (!parse_unix_seconds(message.timestamp)) return {Errc::kInvalidField, "timestamp"};
  if (message.body.size() > kMaxSignedBodyLength) return {Errc::kTooLong, "body"};
  return Verified{};
}

std::string write_signed_content(const WebhookMessage& message) {
  std::string content;
  content.reserve(message.id.size() + message.timestamp.size() + message.body.size() + 2);
  content.append(message.id).append(1, '.').append(message.timestamp).append(1, '.').append(message.body);
  return content;
}

// The entry that `secret` makes, or the empty text when it is no secret.
std::string make_entry(std::string_view content, std::string_view secret) {
  std::string entry;
  if (!secret.starts_with(kSecretPrefix)) return entry;
  auto key = base64_decode(secret.substr(kSecretPrefix.size()));
  if (!key) return entry;
  if (key->size() >= kMinWebhookKeyLength && key->size() <= kMaxWebhookKeyLength) {
    entry.append(kVersionPrefix).append(base64_encode(crypto::as_text(crypto::hmac_sha256(*key, content))));
  }
  wipe(*key);
  return entry;
}

// One entry for each secret, so that a secret of the wrong form is heard of even where another holds.
Result<Verified> make_entries(std::string_view content, std::span<const std::string_view> secrets,
                              std::vector<std::string>& entries) {
  if (secrets.empty()) return {Errc::kMissingField, "secrets"};
  if (secrets.size() > kMaxWebhookSecrets) return {Errc::kTooMany, "secrets"};
  for (const std::string_view secret : secrets) {
    entries.push_back(make_entry(content, secret));
    if (entries.back().empty()) return {Errc::kInvalidKey, "secret"};
  }
  return Verified{};
}

bool is_among(std::string_view entry, std::span<const std::string> expected) noexcept {
  bool found = false;
  for (const std::string& one : expected) found = constant_time_equal(entry, one) || found;
  return found;
}

Result<Verified> check_entries(std::string_view signature, std::span<const std::string> expected) {
  Errc reason = Errc::kUnsupportedVersion;
  while (!signature.empty()) {
    const std::string_view entry = take_until(signature, ' ');
    if (!entry.starts_with(kVersionPrefix)) continue;
    if (is_among(entry, expected)) return Verified{};
    reason = Errc::kSignatureMismatch;
  }
  return {reason, "signature"};
}

}  // namespace

Result<std::string> sign_webhook(const WebhookMessage& message, std::string_view secret) {
  if (const auto checked = check_message(message); !checked) return checked.error();
  std::string entry = make_entry(write_signed_content(message), secret);
  if (entry.empty()) return {Errc::kInvalidKey, "secret"};
  return entry;
}

Result<Verified> verify_webhook(const WebhookMessage& message, std::string_view signature,
                                std::span<const std::string_view> secrets, std::int64_t now,
                                std::int64_t tolerance_seconds) {
  const Clock clock = {now, tolerance_seconds};
  if (auto checked = check_clock(clock); !checked) return checked;
  if (auto checked = check_message(message); !checked) return checked;
  std::vector<std::string> expected;
  if (auto made = make_entries(write_signed_content(message), secrets, expected); !made) return made;
  signature = trim(signature, is_blank);
  if (signature.empty()) return {Errc::kMissingField, "signature"};
  if (signature.size() > kMaxWebhookSignatureLength) return {Errc::kTooLong, "signature"};
  if (auto held = check_entries(signature, expected); !held) return held;
  return check_freshness(parse_unix_seconds(message.timestamp).value_or(0), clock, "timestamp");
}

}  // namespace refedge
