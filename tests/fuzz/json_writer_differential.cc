// Our canonical JSON against nlohmann's: the same bytes for the same strings, in the same order.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "refedge/json_writer.h"
#include "refedge/utf8.h"
#include "tests/fuzz/target.h"

namespace {

using refedge::fuzz::require;

bool is_text(const refedge::Field& field) {
  return refedge::is_valid_utf8(field.key) && refedge::is_valid_utf8(field.value);
}

}  // namespace

REFEDGE_FUZZ_TARGET(json_writer_differential) {
  const auto parts = refedge::fuzz::split_fields(input);
  std::vector<refedge::Field> fields;
  auto theirs = nlohmann::ordered_json::object();
  bool are_texts = true;
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
    fields.push_back({parts[i], parts[i + 1]});
    theirs[std::string(parts[i])] = std::string(parts[i + 1]);
    are_texts = are_texts && is_text(fields.back());
  }
  const auto ours = refedge::write_json_object(fields);
  require(!ours || are_texts);
  if (ours) require(*ours == theirs.dump());
}
