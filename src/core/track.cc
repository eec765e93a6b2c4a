#include "refedge/track.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/ascii.h"
#include "core/json_object.h"
#include "core/known_fields.h"
#include "core/string_array.h"
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
  if (!is_text(field) || field.value.size() != kSignatureLength) return Errc::kInvalidField;
  for (const char c : field.value) {
    if (hex_digit_value(c) < 0) return Errc::kInvalidField;
  }
  return Errc::kOk;
}

// Evidence comes from the visitor: what does not parse is evidence of nothing, and never fails an order.
Errc check_evidence(const Field& field) { return ok_if(is_text(field)); }

// In the order in which a payload is written.
constexpr std::array<KnownField, 15> kKnownFields = {{
    {"market", check_slug, kMaxSlugLength, Presence::kRequired},
    {"campaign", check_slug, kMaxSlugLength},
    {"customer_name", check_line, kMaxNameLength},
    {"customer_email", check_email, kMaxEmailLength, Presence::kRequired},
    {"marketing_opt_in", check_boolean, kMaxValueLength},
    {"order_number", check_id, kMaxOrderNumberLength, Presence::kRequired},
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
constexpr std::size_t kSignedKeys = 11;
constexpr std::size_t kSignature = 12;
static_assert(kKnownFields[kSignedKeys].check == check_signed_keys);
static_assert(kKnownFields[kSignature].check == check_signature);

// The fields of a payload by the places of their keys in kKnownFields.
struct Track {
  std::array<const Field*, kKnownFields.size()> given{};
  std::array<bool, kKnownFields.size()> is_signed{};

  [[nodiscard]] const Field* filled(std::size_t place) const noexcept {
    const Field* field = given[place];
    return field == nullptr || is_blank_value(*field) ? nullptr : field;
  }
};

Errc place_field(const Field& field, Track& track) {
  const std::size_t place = find_known(kKnownFields, field.key);
  if (place == kKnownFields.size()) return Errc::kUnknownField;
  track.given[place] = &field;
  if (is_blank_value(field)) return Errc::kOk;
  return field.value.size() > kKnownFields[place].max_length ? Errc::kTooLong
                                                             : kKnownFields[place].check(field);
}

// A signature and the list of what it covers come together, and what is listed is there.
Result<ValidTrack> check_signing(Track& track) {
  const Field* signed_keys = track.filled(kSignedKeys);
  const Field* signature = track.filled(kSignature);
  if (signed_keys == nullptr && signature == nullptr) return ValidTrack{};
  if (signed_keys == nullptr) return {Errc::kMissingField, "signed_keys"};
  if (signature == nullptr) return {Errc::kMissingField, "signature"};
  const auto keys = parse_signed_keys(signed_keys->value);
  if (!keys) return keys.error();
  for (const std::string_view key : *keys) {
    const std::size_t place = find_known(kKnownFields, key);
    if (place == kKnownFields.size() || track.given[place] == nullptr) return {Errc::kMissingField, key};
    track.is_signed[place] = true;
  }
  return ValidTrack{};
}

Result<ValidTrack> read_track(std::span<const Field> fields, Track& track) {
  if (auto checked = check_fields(fields); !checked) return checked.error();
  for (const Field& field : fields) {
    const Errc wrong = place_field(field, track);
    if (wrong != Errc::kOk) return {wrong, field.key};
  }
  for (std::size_t i = 0; i < kKnownFields.size(); ++i) {
    const bool is_missing = kKnownFields[i].presence == Presence::kRequired && track.filled(i) == nullptr;
    if (is_missing) return {Errc::kMissingField, kKnownFields[i].key};
  }
  return check_signing(track);
}

}  // namespace

Result<ValidTrack> validate_track(std::span<const Field> fields) {
  Track track;
  return read_track(fields, track);
}

Result<std::string> build_track_payload(std::span<const Field> fields) {
  Track track;
  if (auto valid = read_track(fields, track); !valid) return valid.error();
  std::array<Field, kKnownFields.size()> ordered;
  std::size_t num_ordered = 0;
  for (std::size_t i = 0; i < kKnownFields.size(); ++i) {
    if (track.is_signed[i] || track.filled(i) != nullptr) ordered[num_ordered++] = *track.given[i];
  }
  return write_checked({ordered.data(), num_ordered});
}

}  // namespace refedge
