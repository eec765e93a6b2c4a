#include "edge/agent/link_puller.h"

#include <spdlog/spdlog.h>

#include <string>

#include "edge/agent/link_feed.h"

namespace refedge::edge {
namespace {

PullOutcome failed(std::string_view why) {
  spdlog::warn("links: {}", why);
  return PullOutcome::kFailed;
}

}  // namespace

PullOutcome LinkPuller::pull(std::chrono::seconds wait) {
  const PullOutcome outcome = fetch(wait);
  counts_->link_cursor = table_.cursor();
  if (outcome == PullOutcome::kFailed) ++counts_->link_failures;
  if (outcome == PullOutcome::kIdle || outcome == PullOutcome::kApplied) counts_->links_complete = true;
  return outcome;
}

PullOutcome LinkPuller::fetch(std::chrono::seconds wait) {
  const std::uint64_t after = table_.cursor();
  const std::string target = "/edge/links?after=" + std::to_string(after) +
                             "&limit=1000&wait_seconds=" + std::to_string(wait.count());
  const auto answer = http_.get(target, wait);
  if (!answer) return failed(answer.message());
  if (answer->status == 401) return failed("the origin refuses the edge token");
  if (answer->status != 200) return failed("the origin answered " + std::to_string(answer->status));
  return store(answer->body, after);
}

PullOutcome LinkPuller::store(const std::string& body, std::uint64_t after) {
  const auto page = parse_link_page(body);
  if (!page)
    return failed("the origin's answer is no page of links: " + page.error().field + " " +
                  std::string(errc_name(page.error().code)));
  if (page->cursor < after) return restart_feed(after, page->cursor);
  // A page that promises more without moving on would be asked for for ever.
  if (page->cursor == after && page->more) return failed("the origin's cursor does not move");
  for (const std::string& reason : page->refused) spdlog::error("links: after cursor {}: left out {}", after, reason);
  counts_->links_refused += page->refused.size();
  if (page->cursor == after && page->links.empty()) return PullOutcome::kIdle;

  if (const auto applied = table_.apply(page->links, page->cursor); !applied) return failed(applied.message());
  counts_->links_stored += page->links.size();
  spdlog::info("links: {} stored, cursor {}", page->links.size(), page->cursor);
  return page->more ? PullOutcome::kMore : PullOutcome::kApplied;
}

// Links that the restored origin does not know stay: they lead to the shop all the same. It counts as a failure, so that
// an origin that goes back again and again is asked at the pace of the back-off.
PullOutcome LinkPuller::restart_feed(std::uint64_t after, std::uint64_t cursor) {
  if (const auto applied = table_.apply({}, 0); !applied) return failed(applied.message());
  ++counts_->feed_restarts;
  return failed("the origin's feed is at " + std::to_string(cursor) + ", behind our " + std::to_string(after) +
                ": was it restored from a backup? All links are brought again");
}

}  // namespace refedge::edge
