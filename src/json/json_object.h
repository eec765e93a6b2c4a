// Reading a JSON object into the flat fields that the core works with.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge {

// The members of one JSON object, in the order given. A string is its decoded text; every other value is
// compact JSON text, with the literals of its numbers as they stood (12.50 stays 12.50), so that a
// signature over them holds. A member of the same name twice is kept twice: who reads it refuses it.
class JsonObject {
 public:
  // A copy's fields would point into the original.
  JsonObject(JsonObject&&) = default;
  JsonObject& operator=(JsonObject&&) = default;
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;

  // parse reads `text`. `name` is the field that an error names.
  // Errors: kInvalidJson for what is no JSON, no object, nested deeper than 16, or not UTF-8; kTooMany over
  // kMaxFields members.
  [[nodiscard]] static Result<JsonObject> parse(std::string_view text, std::string_view name);

  [[nodiscard]] std::span<const Field> fields() const noexcept { return fields_; }

  // text returns the value of `key`; empty when it is absent or null.
  [[nodiscard]] std::string_view text(std::string_view key) const;

 private:
  struct Member {
    std::string key;
    std::string value;
    ValueKind kind = ValueKind::kString;
  };
  friend class JsonObjectReader;
  JsonObject() = default;

  std::vector<Member> members_;
  std::vector<Field> fields_;  // views into members_
};

}  // namespace refedge
