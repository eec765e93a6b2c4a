#include "origin/api/field_rules.h"

#include <algorithm>
#include <string>

#include "refedge/track.h"

namespace refedge::origin {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool is_slug_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

const FieldRule* find_rule(std::span<const FieldRule> rules, std::string_view key) {
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const FieldRule& rule) { return rule.key == key; });
  return found == rules.end() ? nullptr : &*found;
}

std::ptrdiff_t count_of(const JsonObject& object, std::string_view key) {
  return std::count_if(object.fields().begin(), object.fields().end(),
                       [&](const Field& field) { return field.key == key; });
}

Errc check_field(const JsonObject& object, const Field& field, std::span<const FieldRule> rules) {
  const FieldRule* rule = find_rule(rules, field.key);
  if (rule == nullptr) return Errc::kUnknownField;
  if (count_of(object, field.key) > 1) return Errc::kDuplicateField;
  if (object.text(field.key).empty()) return Errc::kOk;
  if (field.value.size() > rule->max_length) return Errc::kTooLong;
  return rule->check(field) ? Errc::kOk : Errc::kInvalidField;
}

}  // namespace

Result<Valid> check_fields(const JsonObject& object, std::span<const FieldRule> rules) {
  for (const Field& field : object.fields()) {
    const Errc wrong = check_field(object, field, rules);
    if (wrong != Errc::kOk) return Error{wrong, std::string(field.key)};
  }
  for (const FieldRule& rule : rules) {
    if (rule.is_required && trimmed(object.text(rule.key)).empty()) {
      return Error{Errc::kMissingField, std::string(rule.key)};
    }
  }
  return Valid{};
}

bool is_any_text(const Field& field) { return field.kind == ValueKind::kString; }

bool is_line(const Field& field) {
  return is_any_text(field) && std::none_of(field.value.begin(), field.value.end(), is_control);
}

bool is_slug_text(const Field& field) {
  return is_any_text(field) && std::all_of(field.value.begin(), field.value.end(), is_slug_character);
}

bool is_email_text(const Field& field) { return is_any_text(field) && is_email(trimmed(field.value)); }

bool is_boolean_text(const Field& field) { return field.value == "true" || field.value == "false"; }

bool is_object(const Field& field) { return field.kind == ValueKind::kRaw && field.value.starts_with('{'); }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kWhiteSpace = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

}  // namespace refedge::origin
