#include "origin/http/endpoint_runner.h"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

#include "origin/api/answers.h"

namespace refedge::origin {
namespace {

namespace net = boost::asio;

Reply call_guarded(Endpoint endpoint, const Request& request, Context& context) {
  try {
    return endpoint(request, context);
  } catch (const std::exception& failure) {
    spdlog::error("an endpoint failed: {}", failure.what());
  } catch (...) {
    spdlog::error("an endpoint failed");
  }
  return error_answer(500, "", "internal_error", "something went wrong on our side; nothing was changed");
}

}  // namespace

net::awaitable<Reply> EndpointRunner::run(Endpoint endpoint, const Request& request) {
  co_return co_await net::co_spawn(thread_, call(endpoint, request), net::use_awaitable);
}

net::awaitable<Reply> EndpointRunner::call(Endpoint endpoint, const Request& request) {
  co_return call_guarded(endpoint, request, context_);
}

}  // namespace refedge::origin
