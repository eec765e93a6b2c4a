#include "tests/edge/test_origin.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <list>
#include <mutex>
#include <thread>

namespace refedge::edge::testing {

namespace beast = boost::beast;
namespace http = beast::http;
using tcp = boost::asio::ip::tcp;

struct TestOrigin::State {
  explicit State(Handler chosen) : handler(std::move(chosen)) {
    const tcp::endpoint endpoint(boost::asio::ip::address_v4::loopback(), 0);
    acceptor.open(endpoint.protocol());
    acceptor.bind(endpoint);
    acceptor.listen();
    port = acceptor.local_endpoint().port();
  }

  void accept_all() {
    for (;;) {
      boost::system::error_code failed;
      auto socket = std::make_shared<tcp::socket>(io);
      acceptor.accept(*socket, failed);
      if (failed) return;
      const std::lock_guard lock(mutex);
      sockets.push_back(socket);
      connections.emplace_back([this, socket] { serve(*socket); });
    }
  }

  void serve(tcp::socket& socket) {
    beast::flat_buffer buffer;
    for (;;) {
      http::request<http::string_body> request;
      boost::system::error_code failed;
      http::read(socket, buffer, request, failed);
      if (failed) return;
      const OriginAnswer answer = ask(request);
      if (answer.hang_up) return close(socket);
      http::response<http::string_body> response(static_cast<http::status>(answer.status), request.version());
      response.body() = answer.body;
      response.keep_alive(request.keep_alive());
      response.prepare_payload();
      http::write(socket, response, failed);
      if (failed) return;
    }
  }

  OriginAnswer ask(const http::request<http::string_body>& request) {
    const OriginRequest plain{std::string(request.method_string()), std::string(request.target()),
                              std::string(request[http::field::authorization]), request.body()};
    {
      const std::lock_guard lock(mutex);
      seen.push_back(plain);
    }
    const std::lock_guard one_at_a_time(handler_mutex);
    return handler(plain);
  }

  static void close(tcp::socket& socket) {
    boost::system::error_code ignored;
    socket.shutdown(tcp::socket::shutdown_both, ignored);
  }

  Handler handler;
  boost::asio::io_context io;
  tcp::acceptor acceptor{io};
  unsigned short port = 0;
  mutable std::mutex mutex;
  std::mutex handler_mutex;
  std::vector<OriginRequest> seen;
  std::list<std::shared_ptr<tcp::socket>> sockets;
  std::list<std::thread> connections;
  std::thread accepting;
};

TestOrigin::TestOrigin(Handler handler) : state_(std::make_unique<State>(std::move(handler))) {
  state_->accepting = std::thread([this] { state_->accept_all(); });
}

TestOrigin::~TestOrigin() {
  ::shutdown(state_->acceptor.native_handle(), SHUT_RDWR);  // wakes the accept of the other thread
  state_->accepting.join();
  for (const auto& socket : state_->sockets) State::close(*socket);
  for (std::thread& connection : state_->connections) connection.join();
}

std::string TestOrigin::url() const { return "http://127.0.0.1:" + std::to_string(state_->port); }

std::vector<OriginRequest> TestOrigin::requests() const {
  const std::lock_guard lock(state_->mutex);
  return state_->seen;
}

}  // namespace refedge::edge::testing
