// Link records: what decodes is fit for a Location header; written again and read, it says the same.
#include "edge/links/link_record.h"

#include <algorithm>
#include <string>

#include "tests/fuzz/target.h"

namespace {

using namespace refedge::edge;
using refedge::fuzz::require;

bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x21 && c <= 0x7E; });
}

bool are_equal(const LinkPreview& one, const LinkPreview& other) {
  return one.title == other.title && one.description == other.description && one.image_url == other.image_url &&
         one.site_name == other.site_name && one.locale == other.locale;
}

bool are_equal(const LinkRecord& one, const LinkRecord& other) {
  return one.state == other.state && one.market_id == other.market_id && one.expires_at == other.expires_at &&
         one.location == other.location && one.fallback == other.fallback && are_equal(one.preview, other.preview);
}

}  // namespace

REFEDGE_FUZZ_TARGET(link_record) {
  const auto reread = reread_link_record(input);  // of any bytes
  const auto record = decode_link_record(input);
  if (!record) return;
  require(reread.has_value() && are_equal(*reread, *record));
  require(is_visible(record->location) && is_visible(record->fallback));
  const auto written = encode_link_record(*record);
  // A preview's text is judged when it is written and when it is shown, not when it is read.
  if (!written) return require(written.error().field != "location" && written.error().field != "fallback");
  const auto again = decode_link_record(*written);
  require(again.has_value() && are_equal(*again, *record));
  require(encode_link_record(*again).has_value() && *encode_link_record(*again) == *written);
}
