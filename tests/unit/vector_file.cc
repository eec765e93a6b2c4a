#include "tests/unit/vector_file.h"

#include <nlohmann/json.hpp>

#include "capi/record.h"
#include "refedge/hex.h"
#include "tests/unit/vector_paths.h"

namespace refedge::testing {
namespace {

using Json = nlohmann::json;

std::string value_of(const Json& value);

std::string joined(const Json& parts) {
  std::string text;
  for (const Json& part : parts) text += value_of(part);
  return text;
}

std::string repeated(const Json& pair) {
  const auto what = pair[0].get<std::string>();
  std::string text;
  for (auto left = pair[1].get<std::size_t>(); left > 0; --left) text += what;
  return text;
}

std::string value_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.contains("hex")) return *hex_decode(value["hex"].get<std::string>());
  if (value.contains("repeat")) return repeated(value["repeat"]);
  return joined(value.at("join"));
}

std::string record_of(const Json& values) {
  std::string record;
  for (const Json& value : values) capi::append_record_field(record, value_of(value));
  return record;
}

VectorCase read_case(const Json& json) {
  VectorCase one;
  one.name = json.at("name").get<std::string>();
  one.record = json.contains("record") ? value_of(json["record"]) : record_of(json.at("in"));
  one.is_error = json.contains("error");
  if (one.is_error) {
    one.error = json["error"].at("code").get<std::string>();
    one.response = json["error"].at("field").get<std::string>();
    return one;
  }
  const Json& out = json.at("out");
  one.response = out.is_array() ? record_of(out) : value_of(out);
  return one;
}

VectorFile read_vector_file(const std::string& path) {
  const Json json = Json::parse(read_file(path), nullptr, false);
  if (!json.is_object()) give_up(path, "is no JSON object");
  VectorFile file;
  file.path = path;
  file.operation = json.at("operation").get<std::string>();
  file.keyed = json.at("keyed").get<bool>();
  for (const Json& one : json.at("cases")) file.cases.push_back(read_case(one));
  return file;
}

}  // namespace

std::vector<VectorFile> read_vector_files(const std::string& folder) {
  std::vector<VectorFile> files;
  for (const std::string& path : list_vector_paths(folder)) files.push_back(read_vector_file(path));
  return files;
}

}  // namespace refedge::testing
