#include "refedge/track.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/ascii.h"
#include "core/json_object.h"
#include "core/string_array.h"
#include "refedge/hex.h"
#include "refedge/limits.h"
#include "refedge/signature.h"

namespace refedge {
namespace {

constexpr std::size_t kSignatureLength = 64;

// A check sees a value that is neither empty nor null nor too long, and says kOk or why not.
using Check = Errc (*)(const Field& field);

Errc ok_if(bool holds) noexcept { return holds ? Errc::kOk : Errc::kInvalidField; }
bool is_text(const Field& field) noexcept { return field.kind == ValueKind::kString; }
bool is_no_control(char c) noexcept { return !is_control(c); }
bool is_locale_character(char c) noexcept { return is_url_safe(c); }

Errc check_slug(const Field& field) { return ok_if(is_text(field) && all_of(field.value, is_url_safe)); }

Errc check_line(const Field& field) { return ok_if(is_text(field) && all_of(field.value, is_no_control)); }

Errc check_email(const Field& field) { return ok_if(is_text(field) && is_email(field.value)); }

Errc check_boolean(const Field& field) { return ok_if(field.value == "true" || field.value == "false"); }

// A shop's own numbering may be a JSON number; its literal is the order number.
Errc check_order_number(const Field& field) {
  return is_text(field) ? check_line(field) : ok_if(all_of(field.value, is_digit));
}

Errc check_money(const Field& field) {
  const auto money = parse_money(field.value);
  return money ? Errc::kOk : money.error().code;
}

Errc check_voucher_codes(const Field& field) {
  return is_text(field) ? Errc::kInvalidField
                        : check_string_array(field.value, kMaxVoucherCodes, kMaxVoucherCodeLength);
}

Errc check_locale(const Field& field) {
  return ok_if(is_text(field) && all_of(field.value, is_locale_character));
}

Errc check_signed_keys(const Field& field) {
  if (!is_text(field)) return Errc::kInvalidField;
  const auto keys = parse_signed_keys(field.value);
  if (!keys) return keys.error().code;
  const auto holds = [&](std::string_view key) {
    return std::find(keys->begin(), keys->end(), key) != keys->end();
  };
  return ok_if(holds("order_number") && holds("customer_email"));
}

Errc check_signature(const Field& field) {
  return ok_if(is_text(field) && field.value.size() == kSignatureLength && hex_decode(field.value));
}

// Evidence comes from the visitor: what does not parse is evidence of nothing, and never fails an order.
Errc check_evidence(const Field& field) { return ok_if(is_text(field)); }

struct KnownField {
  std::string_view key;
  std::size_t max_length;
  Check check;
};

// In the order in which a payload is written.
constexpr std::array<KnownField, 15> kKnownFields = {{
    {"market", kMaxSlugLength, check_slug},
    {"campaign", kMaxSlugLength, check_slug},
    {"customer_name", kMaxNameLength, check_line},
    {"customer_email", kMaxEmailLength, check_email},
    {"marketing_opt_in", kMaxValueLength, check_boolean},
    {"order_number", kMaxOrderNumberLength, check_order_number},
    {"order_value", kMaxValueLength, check_money},
    {"reward_category", kMaxRewardCategoryLength, check_line},
    {"voucher_code", kMaxVoucherCodeLength, check_line},
    {"voucher_codes", kMaxValueLength, check_voucher_codes},
    {"locale", kMaxLocaleLength, check_locale},
    {"signed_keys", kMaxValueLength, check_signed_keys},
    {"signature", kMaxValueLength, check_signature},
    {"ref", kMaxEvidenceLength, check_evidence},
    {"browser_cookie", kMaxEvidenceLength, check_evidence},
}};

constexpr std::array<std::string_view, 3> kRequired = {"market", "customer_email", "order_number"};

bool is_blank_value(const Field& field) noexcept {
  return field.value.empty() || (field.kind == ValueKind::kRaw && field.value == "null");
}

const KnownField* find_known(std::string_view key) noexcept {
  for (const KnownField& known : kKnownFields) {
    if (known.key == key) return &known;
  }
  return nullptr;
}

const Field* find_given(std::span<const Field> fields, std::string_view key) noexcept {
  for (const Field& field : fields) {
    if (field.key == key) return &field;
  }
  return nullptr;
}

const Field* find_filled(std::span<const Field> fields, std::string_view key) noexcept {
  const Field* field = find_given(fields, key);
  return field == nullptr || is_blank_value(*field) ? nullptr : field;
}

Errc check_known(const Field& field) {
  const KnownField* known = find_known(field.key);
  if (known == nullptr) return Errc::kUnknownField;
  if (is_blank_value(field)) return Errc::kOk;
  return field.value.size() > known->max_length ? Errc::kTooLong : known->check(field);
}

Result<ValidTrack> check_required(std::span<const Field> fields) {
  for (const std::string_view key : kRequired) {
    if (find_filled(fields, key) == nullptr) return {Errc::kMissingField, key};
  }
  return ValidTrack{};
}

// A signature and the list of what it covers come together, and what is listed is there.
Result<ValidTrack> check_signing(std::span<const Field> fields) {
  const Field* signed_keys = find_filled(fields, "signed_keys");
  const Field* signature = find_filled(fields, "signature");
  if (signed_keys == nullptr && signature == nullptr) return ValidTrack{};
  if (signed_keys == nullptr) return {Errc::kMissingField, "signed_keys"};
  if (signature == nullptr) return {Errc::kMissingField, "signature"};
  const auto keys = parse_signed_keys(signed_keys->value);
  if (!keys) return keys.error();
  for (const std::string_view key : *keys) {
    if (find_given(fields, key) == nullptr) return {Errc::kMissingField, key};
  }
  return ValidTrack{};
}

std::vector<std::string_view> signed_keys_of(std::span<const Field> fields) {
  const Field* signed_keys = find_filled(fields, "signed_keys");
  if (signed_keys == nullptr) return {};
  auto keys = parse_signed_keys(signed_keys->value);
  return keys ? std::move(*keys) : std::vector<std::string_view>{};
}

}  // namespace

Result<ValidTrack> validate_track(std::span<const Field> fields) {
  if (auto checked = check_fields(fields); !checked) return checked.error();
  for (const Field& field : fields) {
    const Errc wrong = check_known(field);
    if (wrong != Errc::kOk) return {wrong, field.key};
  }
  if (auto required = check_required(fields); !required) return required;
  return check_signing(fields);
}

Result<std::string> build_track_payload(std::span<const Field> fields) {
  if (auto valid = validate_track(fields); !valid) return valid.error();
  const auto signed_keys = signed_keys_of(fields);
  std::array<Field, kKnownFields.size()> ordered;
  std::size_t num_ordered = 0;
  for (const KnownField& known : kKnownFields) {
    const Field* field = find_given(fields, known.key);
    if (field == nullptr) continue;
    const bool is_signed = std::find(signed_keys.begin(), signed_keys.end(), known.key) != signed_keys.end();
    if (is_signed || !is_blank_value(*field)) ordered[num_ordered++] = *field;
  }
  return write_json_object({ordered.data(), num_ordered});
}

}  // namespace refedge
