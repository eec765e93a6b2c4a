// Real requests with the verdict that each must get: tests/vectors/visits, whose README says where they are from.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "refedge/visit.h"

namespace refedge::testing {

inline constexpr std::size_t kNumVisits = 346;

// A request as a host hands it over: absent headers are empty; Purpose and X-Purpose are one.
struct VisitRequest {
  std::string name;     // of the file and of the case
  std::string verdict;  // the one that it must get, by its name
  bool has_source;      // one that its file names
  std::string method;
  std::string user_agent;
  std::string sec_purpose;
  std::string purpose;
  std::string x_moz;

  [[nodiscard]] Visit visit() const { return {method, user_agent, sec_purpose, purpose, x_moz}; }
};

// read_visit_requests gives all of them, kNumVisits, and ends the program when they cannot be read.
[[nodiscard]] std::vector<VisitRequest> read_visit_requests();

}  // namespace refedge::testing
