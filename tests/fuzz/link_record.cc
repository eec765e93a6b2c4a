// Link records: what decodes is fit for a Location header and encodes to the same bytes.
#include "edge/links/link_record.h"

#include <algorithm>

#include "tests/fuzz/target.h"

using refedge::fuzz::require;

REFEDGE_FUZZ_TARGET(link_record) {
  const auto record = refedge::edge::decode_link_record(input);
  if (!record) return;
  const auto is_visible = [](char c) { return c >= 0x21 && c <= 0x7E; };
  require(std::all_of(record->location.begin(), record->location.end(), is_visible));
  const auto again = refedge::edge::encode_link_record(*record);
  require(again.has_value() && *again == input);
}
