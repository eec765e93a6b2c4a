// The HTTP server: accepts connections, keeps count of them, and stops without cutting answers off.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <set>

#include "origin/http/change_signal.h"
#include "origin/http/endpoint_runner.h"

namespace refedge::origin {

class Session;

class Server {
 public:
  // Listens at once. Throws boost::system::system_error when the address cannot be had.
  Server(boost::asio::io_context& loop, const boost::asio::ip::tcp::endpoint& endpoint,
         EndpointRunner& runner, ChangeSignal& changes);

  [[nodiscard]] std::uint16_t port() const;

  // start begins to accept. Run the loop after it.
  void start();

  // stop closes the door and all idle connections; requests in progress have ten seconds to end. The loop
  // runs out of work then. On the loop's thread.
  void stop();

  [[nodiscard]] bool is_stopping() const noexcept { return is_stopping_; }
  [[nodiscard]] EndpointRunner& runner() noexcept { return runner_; }
  [[nodiscard]] ChangeSignal& changes() noexcept { return changes_; }

 private:
  boost::asio::awaitable<void> accept_all();
  boost::asio::awaitable<void> hold_session(boost::asio::ip::tcp::socket socket);
  boost::asio::awaitable<void> enforce_stop();

  boost::asio::io_context& loop_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer stop_deadline_;
  EndpointRunner& runner_;
  ChangeSignal& changes_;
  std::set<Session*> sessions_;
  bool is_stopping_ = false;
};

}  // namespace refedge::origin
