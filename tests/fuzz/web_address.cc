// Addresses that an operator gives: one that is taken can be a link's location, with all that is added to it.
#include "origin/domain/web_address.h"

#include <string>

#include "edge/links/link_record.h"
#include "refedge/query.h"
#include "tests/fuzz/target.h"

REFEDGE_FUZZ_TARGET(web_address) {
  using refedge::fuzz::require;
  if (!refedge::origin::is_web_address(input)) return;
  const auto location = refedge::append_query_param(input, "ref", "k7");
  require(location.has_value());
  refedge::edge::LinkRecord record;
  record.location = *location;
  require(refedge::edge::encode_link_record(record).has_value());
}
