#include <cstddef>

#include "core/text_list.h"
#include "core/words.h"
#include "refedge/signature_report.h"

namespace refedge {
namespace {

// By the number of the SignatureReason.
constexpr std::size_t kNumReasons = 13;
constexpr std::string_view kNames =
    "holds unexplained escaped_slashes escaped_unicode spaces given_order "
    "trimmed_values secret_missing secret_first hmac unnamed_key unhashed_key";
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
  const std::string_view name = word_at(kNames, static_cast<std::size_t>(reason));
  return name.empty() ? "unknown" : name;
}

std::string_view signature_reason_message(SignatureReason reason) noexcept {
  return text_or_first(kMessages, kNumReasons, static_cast<std::size_t>(reason));
}

}  // namespace refedge
