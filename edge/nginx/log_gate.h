// Keeps a failure that every request meets from filling the log: one line a second.
#pragma once

#include <ctime>

namespace refedge::edge {

class LogGate {
 public:
  // opens tells whether a line may be written in the second `now`; true once for each.
  [[nodiscard]] bool opens(std::time_t now) noexcept {
    const bool first = now != last_;
    last_ = now;
    return first;
  }

 private:
  std::time_t last_ = -1;
};

}  // namespace refedge::edge
