#include "edge/nginx/link_preload.h"

#include <cstddef>

#include "edge/nginx/guard.h"

namespace refedge::edge {
namespace {

// A request waits for a step of a tenth of a millisecond at most; a million links take about twenty seconds.
constexpr std::size_t kLinksAtOnce = 256;
constexpr ngx_msec_t kPauseMs = 5;

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
  const bool done = guard(timer->log, false, [&] { return links.preload(kLinksAtOnce); });
  if (done) preload.run(links);
}

}  // namespace refedge::edge
