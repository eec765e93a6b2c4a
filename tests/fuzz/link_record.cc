// Link records: what decodes is fit for a Location header and encodes to the same bytes.
#include <algorithm>
#include <string>

#include "edge/links/link_record.h"
#include "tests/fuzz/fields.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto record = refedge::edge::decode_link_record(bytes);
  if (!record) return 0;
  const auto is_visible = [](char c) { return c >= 0x21 && c <= 0x7E; };
  refedge::fuzz::require(std::all_of(record->location.begin(), record->location.end(), is_visible));
  const auto again = refedge::edge::encode_link_record(*record);
  refedge::fuzz::require(again.has_value() && *again == bytes);
  return 0;
}
