#include <array>
#include <cstddef>

#include "refedge/signature_report.h"

namespace refedge {
namespace {

struct Text {
  std::string_view name;
  std::string_view message;
};

// Indexed by the number of the SignatureReason.
constexpr std::array<Text, 13> kTexts = {{
    {"unknown", "An unknown reason."},
    {"holds", "The signature holds."},
    {"unexplained",
     "Nothing that was tried explains it: the values, the secret key or the way of hashing differ."},
    {"escaped_slashes", "Slashes were written as \\/; in PHP use JSON_UNESCAPED_SLASHES."},
    {"escaped_unicode",
     "Characters outside ASCII were written as \\u escapes; use JSON_UNESCAPED_UNICODE in PHP, "
     "ensure_ascii=False in Python."},
    {"spaces", "There are spaces after ':' and ','; in Python use separators=(',', ':')."},
    {"given_order", "The keys were not sorted; sort them before they are written."},
    {"trimmed_values", "White space around values was dropped before signing, but sent."},
    {"secret_missing", "The object that was hashed has no \"secret\"."},
    {"secret_first", "The \"secret\" stands first; it comes last."},
    {"hmac", "HMAC-SHA256 was used; the signature is a plain SHA-256."},
    {"unnamed_key", "A field was signed that signed_keys does not name."},
    {"unhashed_key", "A key that signed_keys names was not signed."},
}};

const Text& text_of(SignatureReason reason) noexcept {
  const auto index = static_cast<std::size_t>(reason);
  return kTexts[index < kTexts.size() ? index : 0];
}

}  // namespace

std::string_view signature_reason_name(SignatureReason reason) noexcept { return text_of(reason).name; }

std::string_view signature_reason_message(SignatureReason reason) noexcept { return text_of(reason).message; }

}  // namespace refedge
