#include "refedge/json_writer.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/json_object.h"
#include "refedge/limits.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

constexpr std::size_t kMaxEscapeLength = 6;  // \u00xx

bool needs_escape(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

// The letter of the short form of `c`, or 0 when it has none.
char short_escape(char c) noexcept {
  switch (c) {
    case '"':
      return '"';
    case '\\':
      return '\\';
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

void append_escape(std::string& out, char c) {
  out += '\\';
  if (const char letter = short_escape(c); letter != 0) {
    out += letter;
    return;
  }
  out += "u00";
  out += kLowerHexDigits[static_cast<unsigned char>(c) >> 4];
  out += kLowerHexDigits[static_cast<unsigned char>(c) & 0xF];
}

bool is_known_before(std::span<const Field> fields, std::size_t i) noexcept {
  for (std::size_t k = 0; k < i; ++k) {
    if (fields[k].key == fields[i].key) return true;
  }
  return false;
}

// A key that is at fault itself is named "key": it may be too long or no text at all.
Result<Checked> check_field(const Field& field) {
  if (field.key.empty()) return {Errc::kMissingField, "key"};
  if (field.key.size() > kMaxKeyLength) return {Errc::kTooLong, "key"};
  if (!is_valid_utf8(field.key)) return {Errc::kInvalidUtf8, "key"};
  if (field.value.size() > kMaxValueLength) return {Errc::kTooLong, field.key};
  if (!is_valid_utf8(field.value)) return {Errc::kInvalidUtf8, field.key};
  if (field.kind == ValueKind::kRaw && field.value.empty()) return {Errc::kInvalidField, field.key};
  return Checked{};
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    out.append(text, written, i - written);
    append_escape(out, text[i]);
    written = i + 1;
  }
  out.append(text, written, text.size() - written);
  out += '"';
}

Result<Checked> check_fields(std::span<const Field> fields) {
  if (fields.size() > kMaxFields) return {Errc::kTooMany, "fields"};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    auto checked = check_field(fields[i]);
    if (!checked) return checked;
    if (is_known_before(fields, i)) return {Errc::kDuplicateField, fields[i].key};
  }
  return Checked{};
}

void sort_fields(std::span<Field> fields) noexcept {
  for (std::size_t i = 1; i < fields.size(); ++i) {
    const Field field = fields[i];
    std::size_t k = i;
    for (; k > 0 && field.key < fields[k - 1].key; --k) fields[k] = fields[k - 1];
    fields[k] = field;
  }
}

void append_json_object(std::string& out, std::span<const Field> fields) {
  char separator = '{';
  for (const Field& field : fields) {
    out += separator;
    separator = ',';
    append_json_string(out, field.key);
    out += ':';
    if (field.kind == ValueKind::kRaw) {
      out += field.value;
    } else {
      append_json_string(out, field.value);
    }
  }
  if (fields.empty()) out += '{';
  out += '}';
}

std::size_t max_json_length(std::span<const Field> fields) noexcept {
  std::size_t length = 2;
  for (const Field& field : fields) {
    length += (field.key.size() + field.value.size()) * kMaxEscapeLength + 6;
  }
  return length;
}

Result<std::string> write_json_object(std::span<const Field> fields) {
  if (auto checked = check_fields(fields); !checked) return checked.error();
  std::string out;
  std::size_t length = 2;
  for (const Field& field : fields) length += field.key.size() + field.value.size() + 6;
  out.reserve(length);
  append_json_object(out, fields);
  return out;
}

}  // namespace refedge
