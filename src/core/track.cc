#include "refedge/track.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/ascii.h"
#include "core/json_object.h"
#include "core/known_fields.h"
#include "core/string_array.h"
#include "refedge/hex.h"
#include "refedge/limits.h"
#include "refedge/signature.h"

namespace refedge {
namespace {

constexpr std::size_t kSignatureLength = 64;

Errc ok_if(bool holds) noexcept { return holds ? Errc::kOk : Errc::kInvalidField; }
bool is_text(const Field& field) noexcept { return field.kind == ValueKind::kString; }

Errc check_slug(const Field& field) { return ok_if(is_text(field) && all_of(field.value, is_url_safe)); }

Errc check_voucher_codes(const Field& field) {
  return is_text(field) ? Errc::kInvalidField
                        : check_string_array(field.value, kMaxVoucherCodes, kMaxVoucherCodeLength);
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

// In the order in which a payload is written.
constexpr std::array<KnownField, 15> kKnownFields = {{
    {"market", check_slug, kMaxSlugLength},
    {"campaign", check_slug, kMaxSlugLength},
    {"customer_name", check_line, kMaxNameLength},
    {"customer_email", check_email, kMaxEmailLength},
    {"marketing_opt_in", check_boolean, kMaxValueLength},
    {"order_number", check_id, kMaxOrderNumberLength},
    {"order_value", check_money, kMaxValueLength},
    {"reward_category", check_line, kMaxRewardCategoryLength},
    {"voucher_code", check_line, kMaxVoucherCodeLength},
    {"voucher_codes", check_voucher_codes, kMaxValueLength},
    {"locale", check_slug, kMaxLocaleLength},
    {"signed_keys", check_signed_keys, kMaxValueLength},
    {"signature", check_signature, kMaxValueLength},
    {"ref", check_evidence, kMaxEvidenceLength},
    {"browser_cookie", check_evidence, kMaxEvidenceLength},
}};

constexpr std::array<const char*, 3> kRequired = {"market", "customer_email", "order_number"};

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
  const std::size_t i = find_known(kKnownFields, field.key);
  if (i == kKnownFields.size()) return Errc::kUnknownField;
  if (is_blank_value(field)) return Errc::kOk;
  return field.value.size() > kKnownFields[i].max_length ? Errc::kTooLong : kKnownFields[i].check(field);
}

Result<ValidTrack> check_required(std::span<const Field> fields) {
  for (const char* const key : kRequired) {
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
