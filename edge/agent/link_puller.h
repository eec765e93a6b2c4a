// Brings changed links from the origin into the link table.
#pragma once

#include <chrono>

#include "edge/agent/http_client.h"
#include "edge/links/link_table_writer.h"

namespace refedge::edge {

enum class PullOutcome {
  kIdle,    // the origin had no change
  kApplied, // a page was stored, and it was the last
  kMore,    // a page was stored, and the origin has more
  kFailed,  // nothing was stored; the reason is in the log
};

class LinkPuller {
 public:
  LinkPuller(HttpClient http, LinkTableWriter table) : http_(std::move(http)), table_(std::move(table)) {}

  // pull asks for the changes after the stored cursor, waits at most `wait` for one, and stores the page. Links and
  // cursor are stored together: a stop at any instruction repeats a page and skips none.
  [[nodiscard]] PullOutcome pull(std::chrono::seconds wait);

 private:
  [[nodiscard]] PullOutcome store(const std::string& body, std::uint64_t after);

  HttpClient http_;
  LinkTableWriter table_;
};

}  // namespace refedge::edge
