// Auto sign-ups: what `bp_e` and `bp_p` say on a sign-up page. Spec: docs/protocol.md#auto-sign-ups.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge {

enum class SignupMode : unsigned char {
  kPrefill,  // the customer confirms the details
  kAuto,     // signed up at once
};

// The views point into the fields they were read from.
struct AutoSignup {
  std::string_view email;
  std::string_view name;
  SignupMode mode = SignupMode::kPrefill;
  std::string_view custom_field;
};

// validate_auto_signup reads the members of the JSON object in a `bp_e` or `bp_p`, as the host's JSON parser
// gives them: email, name, auto, custom_field. `auto` is "true" or "false", as text or as JSON; absent means
// false. With auto, email and name are required; without, each is optional. Empty text and JSON null count
// as absent.
// Errors (field named): kMissingField, kInvalidField, kTooLong, kInvalidUtf8, kDuplicateField; kUnknownField,
// so that the referral metadata that share links carry as `bp_e` is never taken for a sign-up.
[[nodiscard]] Result<AutoSignup> validate_auto_signup(std::span<const Field> fields);

// decode_plain_signup returns the JSON text in a `bp_p`: percent-encoded JSON, JSON that the host has decoded
// already, or Base64 of JSON in any form that base64_decode accepts, percent-encoded or not. The text is
// valid UTF-8 and begins with '{'; it is not parsed.
// Errors (field "bp_p"): kMissingField when empty; kTooLong over kMaxUrlLength; kInvalidPercentEncoding;
// kInvalidBase64 when it is neither; kInvalidUtf8; kInvalidJson for Base64 of something else.
[[nodiscard]] Result<std::string> decode_plain_signup(std::string_view bp_p);

}  // namespace refedge
