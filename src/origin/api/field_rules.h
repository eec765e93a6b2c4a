// Tables of fields: what an object may hold, and what each value must be.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "json/json_object.h"
#include "refedge/result.h"

namespace refedge::origin {

// A check sees a value that is neither absent, null, empty nor too long.
using FieldCheck = bool (*)(const Field& field);

struct FieldRule {
  std::string_view key;
  bool is_required = false;
  std::size_t max_length = 0;  // bytes
  FieldCheck check = nullptr;
};

struct Valid {};

// check_fields holds `object` against `rules`.
// Errors (field named): kUnknownField, kDuplicateField, kTooLong, kInvalidField, kMissingField.
[[nodiscard]] Result<Valid> check_fields(const JsonObject& object, std::span<const FieldRule> rules);

[[nodiscard]] bool is_line(const Field& field);          // a string without control characters
[[nodiscard]] bool is_slug_text(const Field& field);     // A-Z a-z 0-9 _ -
[[nodiscard]] bool is_email_text(const Field& field);    // the core's is_email, after trimming
[[nodiscard]] bool is_boolean_text(const Field& field);  // true or false, as text or JSON
[[nodiscard]] bool is_object(const Field& field);
[[nodiscard]] bool is_any_text(const Field& field);

// trimmed drops white space at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace refedge::origin
