// Has a worker's spool synced at intervals while something is written to it.
#pragma once

#include "edge/nginx/ngx.h"
#include "edge/spool/spool_writer.h"

namespace refedge::edge {

// A timer of nginx's event loop. Made after fork, stays where it is, and ends before `spool` does.
class SpoolTimer {
 public:
  SpoolTimer(SpoolWriter& spool, ngx_msec_t interval_ms) noexcept;  // 0: nothing is synced so
  SpoolTimer(const SpoolTimer&) = delete;
  SpoolTimer& operator=(const SpoolTimer&) = delete;
  ~SpoolTimer();

  // run has what was appended synced within an interval.
  void run() noexcept {
    if (interval_ms_ != 0 && timer_.timer_set == 0) start();
  }

 private:
  static void sync(ngx_event_t* timer) noexcept;
  void start() noexcept;

  SpoolWriter& spool_;
  ngx_msec_t interval_ms_;
  ngx_event_t timer_{};
};

}  // namespace refedge::edge
