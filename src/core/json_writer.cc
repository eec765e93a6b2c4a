#include "refedge/json_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

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

std::uint64_t zero_bytes(std::uint64_t x) noexcept { return (x - 0x0101010101010101) & ~x; }

// The first character from `p` on that is escaped. Most text has none: eight bytes at a time.
const char* find_escape(const char* p, const char* end) noexcept {
  for (std::uint64_t x = 0; end - p >= 8; p += 8) {
    std::memcpy(&x, p, 8);
    const std::uint64_t escaped = ((x - 0x2020202020202020) & ~x) | zero_bytes(x ^ 0x2222222222222222) |
                                  zero_bytes(x ^ 0x5C5C5C5C5C5C5C5C);
    if ((escaped & 0x8080808080808080) != 0) break;
  }
  while (p != end && !needs_escape(*p)) ++p;
  return p;
}

// What a text can become: to look for its escapes twice would cost more than the room.
std::size_t max_string_length(const std::string_view& text) noexcept {
  return text.size() * kMaxEscapeLength + 2;
}

char* put_escape(char* to, char c) noexcept {
  *to++ = '\\';
  if (const char letter = short_escape(c); letter != 0) {
    *to++ = letter;
    return to;
  }
  *to++ = 'u';
  *to++ = '0';
  *to++ = '0';
  *to++ = kLowerHexDigits[static_cast<unsigned char>(c) >> 4];
  *to++ = kLowerHexDigits[static_cast<unsigned char>(c) & 0xF];
  return to;
}

char* put_json_string(char* to, const std::string_view& text) noexcept {
  *to++ = '"';
  const char* const end = text.data() + text.size();
  for (const char* p = text.data();; ++p) {
    const char* const stop = find_escape(p, end);
    to = std::copy(p, stop, to);  // an empty text may be nowhere, which memcpy forbids
    p = stop;
    if (p == end) break;
    to = put_escape(to, *p);
  }
  *to++ = '"';
  return to;
}

std::size_t max_object_length(std::span<const Field> fields) noexcept {
  std::size_t length = 2;
  for (const Field& field : fields)
    length += max_string_length(field.key) + max_string_length(field.value) + 2;
  return length;
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
  const std::size_t at = out.size();
  out.resize(at + max_string_length(text));
  const char* const end = put_json_string(out.data() + at, text);
  out.resize(static_cast<std::size_t>(end - out.data()));
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

std::string write_checked(std::span<const Field> fields) {
  std::string out(max_object_length(fields), '\0');
  char* to = out.data();
  char separator = '{';
  for (const Field& field : fields) {
    *to++ = separator;
    separator = ',';
    to = put_json_string(to, field.key);
    *to++ = ':';
    if (field.kind == ValueKind::kRaw) {
      to = std::copy(field.value.begin(), field.value.end(), to);
    } else {
      to = put_json_string(to, field.value);
    }
  }
  if (fields.empty()) *to++ = '{';
  *to++ = '}';
  out.resize(static_cast<std::size_t>(to - out.data()));
  return out;
}

Result<std::string> write_json_object(std::span<const Field> fields) {
  if (auto checked = check_fields(fields); !checked) return checked.error();
  return write_checked(fields);
}

}  // namespace refedge
