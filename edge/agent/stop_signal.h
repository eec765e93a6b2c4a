// A request to stop that threads can wait on.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace refedge::edge {

class StopSignal {
 public:
  // request makes every wait end, now and later. Idempotent; any thread.
  void request();

  [[nodiscard]] bool requested() const;

  // wait_for pauses for `duration`, or until the stop is requested. True: stop.
  bool wait_for(std::chrono::milliseconds duration);

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool requested_ = false;
};

}  // namespace refedge::edge
