// Every real request gets its verdict, and its source is named.
#include <gtest/gtest.h>

#include "refedge/visit.h"
#include "tests/unit/visit_requests.h"

namespace refedge::testing {
namespace {

TEST(Visits, every_real_request_gets_its_verdict) {
  const auto requests = read_visit_requests();
  EXPECT_EQ(requests.size(), kNumVisits);
  for (const VisitRequest& request : requests) {
    EXPECT_EQ(visit_verdict_name(visit_verdict(request.visit())), request.verdict) << request.name;
    EXPECT_TRUE(request.has_source) << request.name;
  }
}

}  // namespace
}  // namespace refedge::testing
