// The link feed's JSON: whatever the origin sends, what reaches the table can be stored, and nothing is lost unsaid.
#include "edge/agent/link_feed.h"

#include <nlohmann/json.hpp>

#include "refedge/share_code.h"
#include "refedge/utf8.h"
#include "tests/fuzz/target.h"

namespace {

using refedge::fuzz::require;

void check_link(const refedge::edge::LinkChange& link) {
  require(refedge::is_share_code(link.code));
  const auto encoded = refedge::edge::encode_link_record(link.record);
  require(encoded.has_value());
  const auto decoded = refedge::edge::decode_link_record(*encoded);
  require(decoded.has_value() && decoded->location == link.record.location && decoded->state == link.record.state);
}

}  // namespace

REFEDGE_FUZZ_TARGET(link_feed) {
  const auto page = refedge::edge::parse_link_page(input);
  const auto json = nlohmann::json::parse(input, nullptr, false);
  if (!page) return;
  require(page->links.size() + page->refused.size() == json["links"].size());
  require(page->cursor == json["cursor"] && page->more == json["more"]);
  for (const auto& link : page->links) check_link(link);
  for (const std::string& line : page->refused) require(refedge::is_valid_utf8(line));
}
