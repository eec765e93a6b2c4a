// One page of the link feed. Spec: docs/protocol.md#link-feed.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "edge/links/link_table_writer.h"
#include "refedge/result.h"

namespace refedge::edge {

// Movable, not copyable: the links are views into `texts`.
struct LinkPage {
  LinkPage() = default;
  LinkPage(LinkPage&&) noexcept = default;
  LinkPage& operator=(LinkPage&&) noexcept = default;

  std::vector<LinkChange> links;
  std::deque<std::string> texts;     // a deque: what it holds stays where it is
  std::vector<std::string> refused;  // for the log: "links[3].location: invalid_field"
  std::uint64_t cursor = 0;
  bool more = false;
};

// parse_link_page reads the feed's JSON. A link that the table cannot hold is left out and named in `refused`, so
// that one bad link does not keep the others from their edge.
// Errors: kInvalidJson; kMissingField or kInvalidField (field "links", "cursor", "more") for a page of another form.
[[nodiscard]] Result<LinkPage> parse_link_page(std::string_view json);

}  // namespace refedge::edge
