#include "origin/http/server.h"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

#include "origin/http/session.h"

namespace refedge::origin {

namespace net = boost::asio;
using net::ip::tcp;

namespace {

// A connection costs a descriptor and some kilobytes; the edge and its proxies need far fewer.
constexpr std::size_t kMaxSessions = 1024;
constexpr std::chrono::seconds kStopGrace{10};
constexpr std::chrono::milliseconds kAcceptPause{100};

constexpr auto kTuple = net::as_tuple(net::use_awaitable);

}  // namespace

Server::Server(net::io_context& loop, const tcp::endpoint& endpoint, EndpointRunner& runner,
               ChangeSignal& changes)
    : loop_(loop), acceptor_(loop, endpoint), stop_deadline_(loop), runner_(runner), changes_(changes) {}

std::uint16_t Server::port() const { return acceptor_.local_endpoint().port(); }

void Server::start() { net::co_spawn(loop_, accept_all(), net::detached); }

net::awaitable<void> Server::accept_all() {
  while (!is_stopping_) {
    auto [failure, socket] = co_await acceptor_.async_accept(kTuple);
    if (is_stopping_) co_return;
    if (failure) {
      spdlog::warn("a connection could not be accepted: {}", failure.message());
      net::steady_timer pause(loop_, kAcceptPause);  // out of descriptors, most likely: some get free
      co_await pause.async_wait(kTuple);
      continue;
    }
    if (sessions_.size() >= kMaxSessions) continue;  // the socket closes as it goes out of scope
    net::co_spawn(loop_, hold_session(std::move(socket)), net::detached);
  }
}

net::awaitable<void> Server::hold_session(tcp::socket socket) {
  Session session(std::move(socket), *this);
  sessions_.insert(&session);
  co_await session.run();
  sessions_.erase(&session);
  if (is_stopping_ && sessions_.empty()) stop_deadline_.cancel();
}

void Server::stop() {
  if (std::exchange(is_stopping_, true)) return;
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  changes_.notify();  // a waiting feed answers now
  for (Session* session : sessions_) session->close_if_idle();
  if (!sessions_.empty()) net::co_spawn(loop_, enforce_stop(), net::detached);
}

net::awaitable<void> Server::enforce_stop() {
  stop_deadline_.expires_after(kStopGrace);
  const auto [failure] = co_await stop_deadline_.async_wait(kTuple);
  if (failure) co_return;  // cancelled: all sessions have ended
  spdlog::warn("{} requests did not end in time", sessions_.size());
  loop_.stop();
}

}  // namespace refedge::origin
