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
  if (page->cursor < after) return failed("the origin's cursor went back; is it another store?");
  // A page that promises more without moving on would be asked for for ever.
  if (page->cursor == after && page->more) return failed("the origin's cursor does not move");
  for (const std::string& reason : page->refused) spdlog::error("links: after cursor {}: left out {}", after, reason);
  if (page->cursor == after && page->links.empty()) return PullOutcome::kIdle;

  if (const auto applied = table_.apply(page->links, page->cursor); !applied) return failed(applied.message());
  spdlog::info("links: {} stored, cursor {}", page->links.size(), page->cursor);
  return page->more ? PullOutcome::kMore : PullOutcome::kApplied;
}

}  // namespace refedge::edge
