#include "tests/unit/visit_requests.h"

#include <nlohmann/json.hpp>

#include "tests/unit/vector_paths.h"

namespace refedge::testing {
namespace {

using Json = nlohmann::json;

VisitRequest read_request(const std::string& path, const Json& sources, const Json& one) {
  const auto header = [&](const char* name) -> std::string { return one.at("headers").value(name, ""); };
  return {.name = path + ": " + one.at("name").get<std::string>(),
          .verdict = one.at("verdict").get<std::string>(),
          .has_source = sources.contains(one.at("source").get<std::string>()),
          .method = one.at("method").get<std::string>(),
          .user_agent = header("User-Agent"),
          .sec_purpose = header("Sec-Purpose"),
          .purpose = header("Purpose") + header("X-Purpose"),
          .x_moz = header("X-Moz")};
}

}  // namespace

std::vector<VisitRequest> read_visit_requests() {
  std::vector<VisitRequest> requests;
  for (const std::string& path : list_vector_paths("visits")) {
    const Json file = Json::parse(read_file(path));
    for (const Json& one : file.at("cases")) requests.push_back(read_request(path, file.at("sources"), one));
  }
  return requests;
}

}  // namespace refedge::testing
