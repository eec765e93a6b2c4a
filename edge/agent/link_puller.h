// Brings changed links from the origin into the link table.
#pragma once

#include <chrono>

#include "edge/agent/agent_counts.h"
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
  // `counts` outlives the puller.
  LinkPuller(HttpClient http, LinkTableWriter table, AgentCounts& counts)
      : http_(std::move(http)), table_(std::move(table)), counts_(&counts) {}

  // pull asks for the changes after the stored cursor, waits at most `wait` for one, and stores the page. Links and
  // cursor are stored together: a stop at any instruction repeats a page and skips none. An origin whose feed is
  // behind the stored cursor was restored from a backup: the feed is read from its beginning again.
  [[nodiscard]] PullOutcome pull(std::chrono::seconds wait);

 private:
  [[nodiscard]] PullOutcome fetch(std::chrono::seconds wait);
  [[nodiscard]] PullOutcome restart_feed(std::uint64_t after, std::uint64_t cursor);
  [[nodiscard]] PullOutcome store(const std::string& body, std::uint64_t after);

  HttpClient http_;
  LinkTableWriter table_;
  AgentCounts* counts_;
};

}  // namespace refedge::edge
