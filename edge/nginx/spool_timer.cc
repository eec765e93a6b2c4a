#include "edge/nginx/spool_timer.h"

namespace refedge::edge {

SpoolTimer::SpoolTimer(SpoolWriter& spool, ngx_msec_t interval_ms) noexcept : spool_(spool), interval_ms_(interval_ms) {
  timer_.handler = sync;
  timer_.data = this;
  timer_.cancelable = 1;  // a worker that shuts down does not wait for it: the spool's end syncs what is left
}

SpoolTimer::~SpoolTimer() {
  if (timer_.timer_set != 0) ngx_del_timer(&timer_);
}

void SpoolTimer::start() noexcept {
  timer_.log = ngx_cycle->log;
  ngx_add_timer(&timer_, interval_ms_);
}

void SpoolTimer::sync(ngx_event_t* timer) noexcept {
  SpoolTimer& self = *static_cast<SpoolTimer*>(timer->data);
  if (self.spool_.sync()) self.start();
}

}  // namespace refedge::edge
