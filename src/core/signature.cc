#include "refedge/signature.h"

#include <algorithm>
#include <cstddef>

#include "core/ascii.h"
#include "core/canonical.h"
#include "core/json_object.h"
#include "refedge/limits.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

constexpr std::string_view kSecretField = "secret";

bool is_reserved(std::string_view key) noexcept { return key == kSecretField || key == "signature"; }

Errc check_signed_key(std::string_view key, const std::vector<std::string_view>& before) {
  if (key.empty()) return Errc::kMissingField;
  if (is_reserved(key)) return Errc::kInvalidField;
  if (std::find(before.begin(), before.end(), key) != before.end()) return Errc::kDuplicateField;
  return before.size() < kMaxSignedKeys ? Errc::kOk : Errc::kTooMany;
}

// What an error calls a signed key: never bytes that are no text.
std::string_view name_of(std::string_view key) noexcept { return is_valid_utf8(key) ? key : "key"; }

// Two fields of one name would leave open which of them is signed.
Errc find_field(std::span<const Field> fields, std::string_view key, const Field*& found) noexcept {
  found = nullptr;
  for (const Field& field : fields) {
    if (field.key != key) continue;
    if (found != nullptr) return Errc::kDuplicateField;
    found = &field;
  }
  return found == nullptr ? Errc::kMissingField : Errc::kOk;
}

bool is_secret_key(std::string_view secret_key) noexcept {
  return secret_key.size() >= kMinSecretKeyLength && secret_key.size() <= kMaxSecretKeyLength &&
         is_valid_utf8(secret_key);
}

}  // namespace

Result<std::vector<std::string_view>> parse_signed_keys(std::string_view signed_keys) {
  std::vector<std::string_view> keys;
  while (true) {
    const std::size_t comma = signed_keys.find(',');
    const std::string_view key = trim(signed_keys.substr(0, comma), is_blank);
    if (const Errc wrong = check_signed_key(key, keys); wrong != Errc::kOk) return {wrong, "signed_keys"};
    keys.push_back(key);
    if (comma == std::string_view::npos) return keys;
    signed_keys.remove_prefix(comma + 1);
  }
}

Result<std::vector<Field>> select_signed(std::span<const Field> fields, std::string_view signed_keys,
                                         std::string_view secret_key) {
  if (!is_secret_key(secret_key)) return {Errc::kInvalidKey, "secret_key"};
  const auto keys = parse_signed_keys(signed_keys);
  if (!keys) return keys.error();
  std::vector<Field> selected;
  selected.reserve(keys->size() + 1);
  for (const std::string_view key : *keys) {
    const Field* field;
    if (const Errc wrong = find_field(fields, key, field); wrong != Errc::kOk) return {wrong, name_of(key)};
    selected.push_back(*field);
  }
  if (auto checked = check_fields(selected); !checked) return checked.error();
  sort_fields(selected);
  selected.push_back({kSecretField, secret_key});
  return selected;
}

Result<std::string> build_canonical_string(std::span<const Field> fields, std::string_view signed_keys,
                                           std::string_view secret_key) {
  const auto selected = select_signed(fields, signed_keys, secret_key);
  if (!selected) return selected.error();
  return write_checked(*selected);
}

}  // namespace refedge
