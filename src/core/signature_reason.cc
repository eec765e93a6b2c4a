#include <cstddef>

#include "core/text_list.h"
#include "refedge/signature_report.h"

namespace refedge {
namespace {

// By the number of the SignatureReason.
constexpr std::size_t kNumReasons = 13;
constexpr char kNames[] =
    "unknown\0"
    "holds\0"
    "unexplained\0"
    "escaped_slashes\0"
    "escaped_unicode\0"
    "spaces\0"
    "given_order\0"
    "trimmed_values\0"
    "secret_missing\0"
    "secret_first\0"
    "hmac\0"
    "unnamed_key\0"
    "unhashed_key";
constexpr char kMessages[] =
    "An unknown reason.\0"
    "The signature holds.\0"
    "Nothing that was tried explains it: the values, the secret key or the way of hashing differ.\0"
    "Slashes were written as \\/; in PHP use JSON_UNESCAPED_SLASHES.\0"
    "Characters outside ASCII were written as \\u escapes; use JSON_UNESCAPED_UNICODE in PHP, "
    "ensure_ascii=False in Python.\0"
    "There are spaces after ':' and ','; in Python use separators=(',', ':').\0"
    "The keys were not sorted; sort them before they are written.\0"
    "White space around values was dropped before signing, but sent.\0"
    "The object that was hashed has no \"secret\".\0"
    "The \"secret\" stands first; it comes last.\0"
    "HMAC-SHA256 was used; the signature is a plain SHA-256.\0"
    "A field was signed that signed_keys does not name.\0"
    "A key that signed_keys names was not signed.";

}  // namespace

std::string_view signature_reason_name(SignatureReason reason) noexcept {
  return text_or_first(kNames, kNumReasons, static_cast<std::size_t>(reason));
}

std::string_view signature_reason_message(SignatureReason reason) noexcept {
  return text_or_first(kMessages, kNumReasons, static_cast<std::size_t>(reason));
}

}  // namespace refedge
