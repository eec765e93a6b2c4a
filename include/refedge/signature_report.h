// Signature reports: why a signature does not hold, for a market's own staff. Spec:
// docs/protocol.md#signature-reports.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge {

// What a signer did differently. Numbers and names are append-only.
enum class SignatureReason : std::uint8_t {
  kHolds = 1,           // nothing: the signature holds
  kUnexplained = 2,     // nothing that was tried: other values, another secret, or another way of hashing
  kEscapedSlashes = 3,  // "\/" for '/': PHP's json_encode as it comes
  kEscapedUnicode = 4,  // "\u00e9" for non-ASCII: PHP's json_encode and Python's json.dumps as they come
  kSpaces = 5,          // a space after ':' and ',': Python's json.dumps as it comes
  kGivenOrder = 6,      // keys in the order of signed_keys, not sorted
  kTrimmedValues = 7,   // values without the white space around them
  kSecretMissing = 8,   // no "secret" in the object
  kSecretFirst = 9,     // "secret" before the keys
  kHmac = 10,           // HMAC-SHA256 under the secret key in place of SHA-256
  kUnnamedKey = 11,     // a field went into the hash that signed_keys does not name
  kUnhashedKey = 12,    // a key that signed_keys names did not go into the hash
};

struct SignatureFinding {
  SignatureReason reason = SignatureReason::kUnexplained;
  std::string_view key;  // the key of kUnnamedKey and kUnhashedKey, a view into `fields`; else empty

  friend bool operator==(const SignatureFinding&, const SignatureFinding&) = default;
};

// explain_signature_mismatch tells what together makes `signature` out of `fields`: the fewest differences
// that do, in the order of their numbers; one finding, kHolds or kUnexplained, where there are none. All
// combinations of kEscapedSlashes to kHmac are tried, and one key more or less together with kEscapedSlashes
// to kGivenOrder. The answer helps a forger: it goes to the market's own staff and never to the caller of an
// endpoint. Errors: those of verify_signature but kSignatureMismatch; kTooLong (field "fields") when keys and
// values together are over kMaxReportLength, which bounds the work to under 2000 hashes of at most that much
// text, escaped.
[[nodiscard]] Result<std::vector<SignatureFinding>> explain_signature_mismatch(std::span<const Field> fields,
                                                                               std::string_view signed_keys,
                                                                               std::string_view signature,
                                                                               std::string_view secret_key);

// signature_reason_name gives the snake_case name ("escaped_slashes"), signature_reason_message one plain
// sentence; "unknown" and its like for a number outside the list.
[[nodiscard]] std::string_view signature_reason_name(SignatureReason reason) noexcept;
[[nodiscard]] std::string_view signature_reason_message(SignatureReason reason) noexcept;

}  // namespace refedge
