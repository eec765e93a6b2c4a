// Reasons why an input is refused: one closed, numbered, append-only list for every host.
// The numbers cross the C ABI and the WASM boundary: a number is never reused or changed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace refedge {

enum class Errc : std::uint8_t {
  kOk = 0,                     // never held by a Result; the C ABI's "no error"
  kInvalidPercentEncoding = 1, // '%' without two hex digits
  kInvalidBase64 = 2,          // a character outside the alphabet, or an impossible length
  kInvalidHex = 3,             // odd length, or a character that is no hex digit
  kInvalidUtf8 = 4,            // ill-formed UTF-8 (overlong, surrogate, above U+10FFFF, cut short)
  kTooLong = 5,                // longer than the limit in limits.h
  kTooMany = 6,                // more elements than the limit in limits.h
  kMissingField = 7,           // a required field is absent or empty
  kInvalidField = 8,           // a field is present but not of its format
  kUnknownField = 9,           // a field that the format does not know
  kDuplicateField = 10,        // the same key twice
  kSignatureMismatch = 11,     // well-formed, but not what the key makes
  kInvalidKey = 12,            // a secret of the wrong length or alphabet
  kInvalidCiphertext = 13,     // not a whole number of blocks, or padding that no encryption makes
  kNotFound = 14,              // the thing looked for is not in the input (no `ref`, no such cookie)
  kUnsupportedVersion = 15,    // a version prefix that this build does not know
  kUnknownKeyId = 16,          // a cookie signed by a key id that is not in the key ring
  kInvalidRecord = 17,         // a length-prefixed record that does not add up
  kInvalidJson = 18,           // text that is no JSON (hosts that parse JSON)
  kTooOld = 19,                // a signed time before what the tolerance allows
  kInTheFuture = 20,           // a signed time after what the tolerance allows
};

// An error: why, and which field of the input it is about ("" when the input is one value).
// `field` names a field, never its value: it is safe to log and to send back.
struct Error {
  Errc code = Errc::kOk;
  std::string field;

  friend bool operator==(const Error&, const Error&) = default;
};

// errc_name returns the snake_case name of `code` as JSON bodies, the command line and JavaScript
// errors carry it, e.g. "signature_mismatch"; "unknown" for a number outside the list.
[[nodiscard]] std::string_view errc_name(Errc code) noexcept;

// errc_message returns one plain English sentence for `code`, without a full stop.
[[nodiscard]] std::string_view errc_message(Errc code) noexcept;

}  // namespace refedge
