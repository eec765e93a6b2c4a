#include "origin/http/change_signal.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace refedge::origin {

namespace net = boost::asio;

void ChangeSignal::notify() {
  ++count_;
  // On the loop's thread: what saw the old count has begun to wait by then.
  net::post(loop_, [this] {
    for (net::steady_timer* timer : waiting_) timer->cancel();
  });
}

net::awaitable<void> ChangeSignal::wait(std::uint64_t seen, std::chrono::steady_clock::time_point deadline) {
  if (count() != seen) co_return;
  net::steady_timer timer(loop_, deadline);
  waiting_.insert(&timer);
  co_await timer.async_wait(net::as_tuple(net::use_awaitable));
  waiting_.erase(&timer);
}

}  // namespace refedge::origin
