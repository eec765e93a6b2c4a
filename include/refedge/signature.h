// Signed objects: `signed_keys` and `signature` of the Buyapowa protocol.
// Spec: docs/protocol.md#signatures.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge {

// parse_signed_keys splits "name, email" at commas and trims spaces and tabs around each key. The
// views point into `signed_keys`. The order is kept.
// Errors (field "signed_keys"): kMissingField for no key or an empty one; kTooMany over
// kMaxSignedKeys; kDuplicateField; kInvalidField when a key is "secret" or "signature".
[[nodiscard]] Result<std::vector<std::string_view>> parse_signed_keys(std::string_view signed_keys);

// build_canonical_string writes the string that is hashed, without the secret's value being known
// to anyone but the caller: the signed keys in byte order, then "secret" last.
// Errors: those of parse_signed_keys; those of write_json_object for the signed fields; kMissingField
// (field = the key) when a signed key is not in `fields`, kDuplicateField when it is there twice; kInvalidKey
// (field "secret_key") when `secret_key` is shorter than kMinSecretKeyLength, longer than kMaxSecretKeyLength
// or not UTF-8.
[[nodiscard]] Result<std::string> build_canonical_string(std::span<const Field> fields,
                                                         std::string_view signed_keys,
                                                         std::string_view secret_key);

// build_signature returns the lower-case hex SHA-256 (64 characters) of the canonical string.
// Values are taken as given. Fields that are not signed are ignored. The canonical string is wiped.
// Errors: those of build_canonical_string.
// Example: {name: John Doe, email: john@doe.com}, "name, email",
// "afd46269f68a4b63b6a926d8bad9f5b5" -> e8ca91ebc4b1d0831086f1d93ce76b9f15fbebf23883dcbf1361194752befb22
[[nodiscard]] Result<std::string> build_signature(std::span<const Field> fields, std::string_view signed_keys,
                                                  std::string_view secret_key);

struct Verified {};  // what verification yields: nothing but that it held

// verify_signature checks `signature` (64 hex digits of either case) against both accepted forms:
// "secret" last, and "secret" sorted among the keys. The comparison takes the same time wherever
// the first difference is.
// Errors: those of build_canonical_string; kMissingField / kInvalidField (field "signature") when it
// is empty or not 64 hex digits; kSignatureMismatch (field "signature").
[[nodiscard]] Result<Verified> verify_signature(std::span<const Field> fields, std::string_view signed_keys,
                                                std::string_view signature, std::string_view secret_key);

}  // namespace refedge
