// Members of nested JSON, written one after the other. Private to src/core.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/decimal.h"
#include "refedge/json_writer.h"

namespace refedge {

// append_comma separates what follows from what stands before it in the same object or array.
inline void append_comma(std::string& out) {
  if (!out.empty() && out.back() != '{' && out.back() != '[') out += ',';
}

// append_key writes `"key":`. Keys are the code's own and need no escape. A text is passed by reference, and
// a key as a pointer, because in WebAssembly every view that is passed by value is written to the stack
// first.
inline void append_key(std::string& out, const char* key) {
  append_comma(out);
  out += '"';
  out += key;
  out += "\":";
}

inline void append_text(std::string& out, const char* key, const std::string_view& text) {
  append_key(out, key);
  append_json_string(out, text);
}

// append_raw opens an object or array as well: `json` is what follows the key.
inline void append_raw(std::string& out, const char* key, const char* json) {
  append_key(out, key);
  out += json;
}

inline void append_number(std::string& out, const char* key, std::int64_t number) {
  append_key(out, key);
  append_decimal(out, number);
}

// append_text_or_null writes null for the empty text.
inline void append_text_or_null(std::string& out, const char* key, const std::string_view& text) {
  if (text.empty()) return append_raw(out, key, "null");
  append_text(out, key, text);
}

}  // namespace refedge
