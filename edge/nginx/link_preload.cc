#include "edge/nginx/link_preload.h"

#include <chrono>
#include <cstddef>

#include "edge/nginx/guard.h"

namespace refedge::edge {
namespace {

using Clock = std::chrono::steady_clock;

// A request waits for a step at most: a fifth of a millisecond, or a page of the table that has to come from the disk.
// A million links that are in the system's memory take some seconds.
constexpr std::chrono::microseconds kStep{200};
constexpr std::size_t kLinksAtOnce = 32;
constexpr ngx_msec_t kPauseMs = 5;

bool preload_for_a_step(LinkTableReader& links) {
  const auto end = Clock::now() + kStep;
  while (links.has_more_to_preload() && Clock::now() < end)
    if (!links.preload(kLinksAtOnce)) return false;
  return true;
}

}  // namespace

LinkPreload::LinkPreload() noexcept {
  timer_.handler = next;
  timer_.data = this;
  timer_.cancelable = 1;  // a worker that shuts down does not wait for it
}

void LinkPreload::run(LinkTableReader& links) noexcept {
  if (timer_.timer_set != 0 || !links.has_more_to_preload()) return;
  links_ = &links;
  timer_.log = ngx_cycle->log;
  ngx_add_timer(&timer_, kPauseMs);
}

void LinkPreload::stop() noexcept {
  if (timer_.timer_set != 0) ngx_del_timer(&timer_);
}

void LinkPreload::next(ngx_event_t* timer) noexcept {
  LinkPreload& preload = *static_cast<LinkPreload*>(timer->data);
  LinkTableReader& links = *preload.links_;
  const bool may_go_on = guard(timer->log, false, [&] { return preload_for_a_step(links); });
  if (may_go_on) preload.run(links);
}

}  // namespace refedge::edge
