#include "refedge/auto_signup.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/known_fields.h"
#include "refedge/base64.h"
#include "refedge/limits.h"
#include "refedge/percent.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

enum Slot : std::size_t { kEmail, kName, kAuto, kCustomField };

constexpr std::array<KnownField, 4> kKnownFields = {{
    {"email", check_email, kMaxEmailLength},
    {"name", check_line, kMaxNameLength},
    {"auto", check_boolean, kMaxValueLength},
    {"custom_field", check_id, kMaxCustomFieldLength},
}};

constexpr FieldTable kTable = {kKnownFields, {}};

constexpr std::array<Slot, 2> kRequiredForAuto = {kEmail, kName};

bool is_object(std::string_view text) noexcept { return text.starts_with('{'); }

Result<std::string> checked_object(std::string text) {
  if (!is_valid_utf8(text)) return {Errc::kInvalidUtf8, "bp_p"};
  if (!is_object(text)) return {Errc::kInvalidJson, "bp_p"};
  return text;
}

}  // namespace

Result<AutoSignup> validate_auto_signup(std::span<const Field> fields) {
  const auto placed = place_fields(fields, kTable);
  if (!placed) return placed.error();
  const bool is_auto = placed->fixed_value(kAuto) == "true";
  for (const Slot slot : kRequiredForAuto) {
    if (!is_auto || placed->fixed(slot) != nullptr) continue;
    return {Errc::kMissingField, kKnownFields[slot].key};
  }
  return AutoSignup{placed->fixed_value(kEmail), placed->fixed_value(kName),
                    is_auto ? SignupMode::kAuto : SignupMode::kPrefill, placed->fixed_value(kCustomField)};
}

// JSON that is decoded already is not decoded again: a percent sign in a value stays one.
Result<std::string> decode_plain_signup(std::string_view bp_p) {
  if (bp_p.size() > kMaxUrlLength) return {Errc::kTooLong, "bp_p"};
  bp_p = trim(bp_p, is_white_space);
  if (bp_p.empty()) return {Errc::kMissingField, "bp_p"};
  if (is_object(bp_p)) return checked_object(std::string(bp_p));
  auto text = percent_decode(bp_p, PlusMeans::kSpace);
  if (!text) return {text.error().code, "bp_p"};
  if (is_object(*text)) return checked_object(std::move(*text));
  std::replace(text->begin(), text->end(), ' ', '+');
  auto decoded = base64_decode(*text);
  if (!decoded) return {decoded.error().code, "bp_p"};
  return checked_object(std::move(*decoded));
}

}  // namespace refedge
