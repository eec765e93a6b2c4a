// ChangeSignal: lets requests wait for a change of the store without holding a thread.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <set>

namespace refedge::origin {

class ChangeSignal {
 public:
  explicit ChangeSignal(boost::asio::io_context& loop) : loop_(loop) {}

  // The number of changes so far. Read it before looking at the store: a change after that ends the wait.
  [[nodiscard]] std::uint64_t count() const noexcept { return count_.load(); }

  // notify ends all waits. From any thread.
  void notify();

  // wait returns when count() is not `seen` any more, or at `deadline`. On the loop's thread.
  [[nodiscard]] boost::asio::awaitable<void> wait(std::uint64_t seen,
                                                  std::chrono::steady_clock::time_point deadline);

 private:
  boost::asio::io_context& loop_;
  std::atomic<std::uint64_t> count_{0};
  std::set<boost::asio::steady_timer*> waiting_;  // the loop's thread alone
};

}  // namespace refedge::origin
