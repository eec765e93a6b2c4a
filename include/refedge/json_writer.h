// The canonical JSON writer: compact, keys in the order given, `/` and non-ASCII unescaped.
// It writes what JSON.stringify writes for the same values, so JavaScript and C++ agree on bytes.
// Spec: docs/protocol.md#canonical-json.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "refedge/result.h"

namespace refedge {

enum class ValueKind : unsigned char {
  kString = 0,  // written quoted and escaped
  kRaw = 1,     // JSON text already (number, true, false, null, array, object): written as given
};

// One member of a flat object. The views must outlive the call they are passed to.
struct Field {
  std::string_view key;    // UTF-8
  std::string_view value;  // UTF-8; for kRaw compact JSON text, which the caller vouches for
  ValueKind kind = ValueKind::kString;
};

// append_json_string appends `text` quoted to `out`. Escapes `"`, `\`, \b \f \n \r \t and the other
// controls below U+0020 as \u00xx in lower-case hex; nothing else (`/`, DEL and non-ASCII stay).
// Precondition: `text` is valid UTF-8 (see is_valid_utf8); ill-formed bytes are copied as they are.
// Spec: RFC 8259 section 7.
void append_json_string(std::string& out, std::string_view text);

// write_json_object writes `fields` as one compact object, in the order given.
// Errors: kTooMany (field "fields") over kMaxFields. For a key that is at fault itself (field "key"):
// kMissingField when empty, kTooLong over kMaxKeyLength, kInvalidUtf8. For a value (field = its key):
// kTooLong over kMaxValueLength, kInvalidUtf8, kInvalidField for an empty kRaw. kDuplicateField (field =
// the key).
// Example: {{"a","1/2"},{"n","3",kRaw}} -> {"a":"1/2","n":3}
[[nodiscard]] Result<std::string> write_json_object(std::span<const Field> fields);

}  // namespace refedge
