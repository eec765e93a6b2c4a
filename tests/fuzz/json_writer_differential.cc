// Our canonical JSON against nlohmann's: the same bytes for the same strings, in the same order.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "refedge/json_writer.h"
#include "tests/fuzz/fields.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parts = refedge::fuzz::split_fields(data, size);
  std::vector<refedge::Field> fields;
  nlohmann::ordered_json expected = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
    fields.push_back({parts[i], parts[i + 1]});
    expected[std::string(parts[i])] = std::string(parts[i + 1]);
  }
  const auto written = refedge::write_json_object(fields);
  if (written) refedge::fuzz::require(*written == expected.dump());
  return 0;
}
