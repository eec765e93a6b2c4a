// The two readers of flat JSON, the origin's and the command line's, against each other and against nlohmann's document.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/json_fields.h"
#include "json/json_object.h"
#include "refedge/limits.h"
#include "tests/fuzz/target.h"

namespace {

using namespace refedge;
using fuzz::require;
using Json = nlohmann::json;

bool are_equal(const Field& one, const Field& other) {
  return one.key == other.key && one.value == other.value && one.kind == other.kind;
}

// What a field became is what the document holds under its name.
void check_field(const Field& field, const Json& document) {
  const Json& value = document.at(std::string(field.key));
  require(value.is_string() == (field.kind == ValueKind::kString));
  if (value.is_string()) return require(value.get_ref<const std::string&>() == field.value);
  require(Json::parse(field.value, nullptr, false) == value);
}

}  // namespace

REFEDGE_FUZZ_TARGET(json_fields) {
  const auto of_origin = JsonObject::parse(input, "");
  const auto of_program = cli::parse_json_fields(input);
  const Json document = Json::parse(input, nullptr, false);
  if (!document.is_object()) return require(!of_origin && !of_program);
  if (!of_program) return;  // a key twice
  const auto fields = cli::as_fields(*of_program);
  require(fields.size() == document.size());
  for (const Field& field : fields) check_field(field, document);
  if (!of_origin) return;  // more members or deeper than the origin takes
  require(std::equal(fields.begin(), fields.end(), of_origin->fields().begin(), of_origin->fields().end(), are_equal));
}
