// Referral metadata: the JSON in `bp_e` and its encryption. Spec: docs/protocol.md#bp_e.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "refedge/result.h"

namespace refedge {

// encrypt_metadata encrypts `json` (any UTF-8 text, usually an object) with AES-256-ECB and PKCS#7
// under the first 32 bytes of `auth_token`, and writes standard Base64 with padding, no line breaks:
// 4 * ceil((16 * (n / 16 + 1)) / 3) characters. Percent-encode it before it goes into a URL.
// Errors: kInvalidKey (field "auth_token") when shorter than kAuthTokenKeyLength; kTooLong (field
// "metadata") over kMaxMetadataLength; kInvalidUtf8 (field "metadata").
// The mode has no integrity: a decrypted value is a hint, never a proof.
[[nodiscard]] Result<std::string> encrypt_metadata(std::string_view json, std::string_view auth_token);

// decrypt_metadata opens a `bp_e` in any form that senders use: percent-encoded or not (`%0A` line
// breaks, `+` or `%20` or a space standing for a lost `+`), standard or URL-safe alphabet, padding
// or none. Returns the plain text, valid UTF-8; it is not parsed.
// Errors: kInvalidKey (field "auth_token"); kTooLong (over kMaxEncodedMetadataLength, or more blocks than
// kMaxMetadataLength fills), kInvalidPercentEncoding, kInvalidBase64, kInvalidCiphertext (field "bp_e").
// kInvalidCiphertext stands for a wrong key, wrong length, wrong padding and a plain text that is no UTF-8
// alike: an answer that told them apart would be a padding oracle.
[[nodiscard]] Result<std::string> decrypt_metadata(std::string_view bp_e, std::string_view auth_token);

// What the platform tells the shop about the referrer behind a click. Empty text is left out, but
// for email. `client_data_json` and `custom_fields_json` are compact JSON or empty.
struct ReferralMetadata {
  std::int64_t referral_count = 0;
  std::string_view email;
  std::string_view first_name;
  std::string_view last_name;
  std::string_view client_data_json;
  std::string_view custom_fields_json;
  std::string_view voucher_code;
};

// build_metadata writes the metadata in the order of the manual's example: referral_count, email,
// first_name, last_name, client_data, custom_fields, voucher_code.
// Errors: those of write_json_object; kMissingField (field "email"); kInvalidField (field
// "referral_count") below 0.
[[nodiscard]] Result<std::string> build_metadata(const ReferralMetadata& metadata);

}  // namespace refedge
