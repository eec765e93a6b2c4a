#include "refedge/errc.h"

#include <array>
#include <cstddef>

#include "refedge/result.h"

namespace refedge {
namespace {

struct Text {
  std::string_view name;
  std::string_view message;
};

// Indexed by the number of the Errc.
constexpr std::array<Text, 21> kTexts = {{
    {"ok", "no error"},
    {"invalid_percent_encoding", "a percent sign is not followed by two hex digits"},
    {"invalid_base64", "not valid Base64"},
    {"invalid_hex", "not valid hexadecimal"},
    {"invalid_utf8", "not valid UTF-8"},
    {"too_long", "longer or larger than the limit"},
    {"too_many", "more elements than the limit"},
    {"missing_field", "required and absent or empty"},
    {"invalid_field", "not of the format that this field has"},
    {"unknown_field", "a field that this format does not know"},
    {"duplicate_field", "given more than once"},
    {"signature_mismatch", "does not match what the key makes of the signed values"},
    {"invalid_key", "a key of the wrong length or alphabet"},
    {"invalid_ciphertext", "cannot be decrypted with this key"},
    {"not_found", "not in the input"},
    {"unsupported_version", "of a version that this build does not know"},
    {"unknown_key_id", "signed with a key that is not in the key ring"},
    {"invalid_record", "a record whose lengths do not add up or whose fields are too few or too many"},
    {"invalid_json", "not valid JSON"},
    {"too_old", "signed longer ago than is accepted"},
    {"in_the_future", "signed at a time that has not come yet"},
}};

std::size_t index_of(Errc code) noexcept { return static_cast<std::size_t>(code); }

}  // namespace

std::string_view errc_name(Errc code) noexcept {
  return index_of(code) < kTexts.size() ? kTexts[index_of(code)].name : "unknown";
}

std::string_view errc_message(Errc code) noexcept {
  return index_of(code) < kTexts.size() ? kTexts[index_of(code)].message : "an unknown error";
}

Outcome::Outcome(Errc code, const char* field) : error_{code, field} {}
Outcome::Outcome(Errc code, std::string_view field) : error_{code, std::string(field)} {}
Outcome::Outcome(const Error& error) : error_(error) {}
Outcome::Outcome(Error&& error) : error_(std::move(error)) {}

}  // namespace refedge
