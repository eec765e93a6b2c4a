// EndpointRunner: endpoints run one after the other on a thread of their own, since the store waits for the
// disk; the loop goes on meanwhile.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

#include "origin/http/routes.h"

namespace refedge::origin {

class EndpointRunner {
 public:
  explicit EndpointRunner(Context& context) : context_(context), thread_(1) {}
  ~EndpointRunner() { thread_.join(); }

  // run answers 500 when the endpoint throws; the cause goes to the log, not to the caller. `request` must
  // live until it returns.
  [[nodiscard]] boost::asio::awaitable<Reply> run(Endpoint endpoint, const Request& request);

 private:
  boost::asio::awaitable<Reply> call(Endpoint endpoint, const Request& request);

  Context& context_;
  boost::asio::thread_pool thread_;
};

}  // namespace refedge::origin
