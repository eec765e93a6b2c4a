// Keeps a failure that every request meets from filling the log: one line a second.
#pragma once

#include <cstdint>
#include <ctime>

namespace refedge::edge {

class LogGate {
 public:
  // opens tells whether a line may be written in the second `now`.
  [[nodiscard]] bool opens(std::time_t now) noexcept {
    if (now == last_) {
      ++held_back_;
      return false;
    }
    last_ = now;
    return true;
  }

  // take_held_back gives how many lines were held back since it was last asked.
  [[nodiscard]] std::uint64_t take_held_back() noexcept {
    const std::uint64_t count = held_back_;
    held_back_ = 0;
    return count;
  }

 private:
  std::time_t last_ = -1;
  std::uint64_t held_back_ = 0;
};

}  // namespace refedge::edge
