// Real requests with the verdict that each must get: tests/vectors/visits, whose README says where they are
// from.
#include <gtest/gtest.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "refedge/visit.h"
#include "tests/unit/vector_file.h"

namespace refedge::testing {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kNumVisits = 346;

// The headers as a host hands them over: absent ones are empty; Purpose and X-Purpose are one.
class Request {
 public:
  explicit Request(const Json& one) : one_(one) {}

  [[nodiscard]] VisitVerdict verdict() const {
    const std::string method = one_.at("method");
    const std::string agent = header("User-Agent");
    const std::string sec_purpose = header("Sec-Purpose");
    const std::string purpose = header("Purpose") + header("X-Purpose");
    const std::string x_moz = header("X-Moz");
    return visit_verdict({method, agent, sec_purpose, purpose, x_moz});
  }

 private:
  [[nodiscard]] std::string header(const char* name) const { return one_.at("headers").value(name, ""); }

  const Json& one_;
};

std::size_t run_file(const std::string& path) {
  const Json file = Json::parse(read_file(path));
  for (const Json& one : file.at("cases")) {
    const std::string name = path + ": " + one.at("name").get<std::string>();
    EXPECT_EQ(visit_verdict_name(Request(one).verdict()), one.at("verdict").get<std::string>()) << name;
    EXPECT_TRUE(file.at("sources").contains(one.at("source").get<std::string>())) << name;
  }
  return file.at("cases").size();
}

TEST(Visits, every_real_request_gets_its_verdict) {
  std::size_t num_run = 0;
  for (const std::string& path : list_vector_paths("visits")) num_run += run_file(path);
  EXPECT_EQ(num_run, kNumVisits);
}

}  // namespace
}  // namespace refedge::testing
