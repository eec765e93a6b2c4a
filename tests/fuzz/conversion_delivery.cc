// A conversion's whole way: what decodes from the spool as text, the origin answers for, in words that the agent knows.
#include <vector>

#include "edge/agent/conversion_batch.h"
#include "refedge/utf8.h"
#include "tests/fuzz/origin_fixture.h"
#include "tests/fuzz/target.h"

REFEDGE_FUZZ_TARGET(conversion_delivery) {
  using namespace refedge;
  const auto conversion = edge::decode_conversion(input);
  if (!conversion) return;
  // What the module keeps is text; each field by itself, for one may end within a character.
  for (const std::string_view field : {conversion->market, conversion->content_type, conversion->attribution, conversion->body}) {
    if (!is_valid_utf8(field)) return;
  }
  const std::vector<edge::Conversion> twice = {*conversion, *conversion};
  const std::string batch = edge::write_conversion_batch(twice);
  const auto response =
      fuzz::origin_fixture().handle("POST", "/edge/conversions", {.body = batch, .authorization = "Bearer edge-token"});
  fuzz::require(response.status == 200 || conversion->at_ms >= 1ULL << 48);
  if (response.status == 200) fuzz::require(edge::read_conversion_results(response.body, twice).has_value());
}
