// What the agent believes of an answer to its clicks: only a JSON object whose counts add up.
#include <nlohmann/json.hpp>

#include "edge/agent/click_batch.h"
#include "tests/fuzz/target.h"

REFEDGE_FUZZ_TARGET(click_answer) {
  using refedge::fuzz::require;
  constexpr std::size_t kSent = 3;
  if (!refedge::edge::acknowledges(input, kSent)) return;
  const auto json = nlohmann::json::parse(input, nullptr, false);
  require(json.is_object() && json["accepted"] <= kSent && json["duplicates"] <= kSent);
  require(json["accepted"].get<std::size_t>() + json["duplicates"].get<std::size_t>() == kSent);
}
