// A click's whole way: what decodes from the spool, the origin takes from the agent, and says so in words that it knows.
#include <algorithm>
#include <vector>

#include "edge/agent/click_batch.h"
#include "tests/fuzz/origin_fixture.h"
#include "tests/fuzz/target.h"

REFEDGE_FUZZ_TARGET(click_delivery) {
  using namespace refedge;
  const auto click = edge::decode_click(input);
  if (!click) return;
  const std::vector<edge::Click> twice = {*click, *click};
  const std::string batch = edge::write_click_batch(twice);
  const auto response =
      fuzz::origin_fixture().handle("POST", "/edge/clicks", {.body = batch, .authorization = "Bearer edge-token"});
  fuzz::require(response.status == 200 || click->at_ms >= 1ULL << 48);
  fuzz::require(response.status != 200 || edge::acknowledges(response.body, twice.size()));
}
