// A JSON object as the core takes it: flat fields, every value in the bytes it was given in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge::cli {

struct ParsedField {
  std::string key;
  std::string value;
  ValueKind kind = ValueKind::kString;
};

// parse_json_fields reads one JSON object. Numbers keep their literal; arrays and objects become compact
// JSON text in the order given.
// Errors: kInvalidJson for any other text; kDuplicateField (field = the key) at any depth.
[[nodiscard]] Result<std::vector<ParsedField>> parse_json_fields(std::string_view text);

// as_fields views parsed fields as the core's; they must outlive the views.
[[nodiscard]] std::vector<Field> as_fields(const std::vector<ParsedField>& parsed);

}  // namespace refedge::cli
