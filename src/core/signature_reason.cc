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
    "Unexplained: other values, another secret key or another hash.\0"
    "Slashes are written \\/: PHP needs JSON_UNESCAPED_SLASHES.\0"
    "Non-ASCII is written \\u: PHP needs JSON_UNESCAPED_UNICODE, Python ensure_ascii=False.\0"
    "Spaces follow ':' and ',': Python needs separators=(',', ':').\0"
    "The keys are not sorted.\0"
    "Values are trimmed when signed, but not when sent.\0"
    "\"secret\" is missing.\0"
    "\"secret\" stands first, not last.\0"
    "It is an HMAC-SHA256, not a plain SHA-256.\0"
    "A field is signed that signed_keys does not name.\0"
    "A key in signed_keys is not signed.";

}  // namespace

std::string_view signature_reason_name(SignatureReason reason) noexcept {
  const std::string_view name = word_at(kNames, static_cast<std::size_t>(reason));
  return name.empty() ? "unknown" : name;
}

std::string_view signature_reason_message(SignatureReason reason) noexcept {
  return text_or_first(kMessages, kNumReasons, static_cast<std::size_t>(reason));
}

}  // namespace refedge
