// One page of the link feed. Spec: docs/protocol.md#link-feed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "edge/links/link_record.h"
#include "refedge/result.h"

namespace refedge::edge {

struct FeedLink {
  std::string code;
  std::string location;
  LinkRecord record;  // `record.location` is empty: the text is in `location`
};

struct LinkPage {
  std::vector<FeedLink> links;
  std::vector<std::string> refused;  // for the log: "links[3].location: invalid_field"
  std::uint64_t cursor = 0;
  bool more = false;
};

// parse_link_page reads the feed's JSON. A link that the table cannot hold is left out and named in `refused`, so
// that one bad link does not keep the others from their edge.
// Errors: kInvalidJson; kMissingField or kInvalidField (field "links", "cursor", "more") for a page of another form.
[[nodiscard]] Result<LinkPage> parse_link_page(std::string_view json);

}  // namespace refedge::edge
