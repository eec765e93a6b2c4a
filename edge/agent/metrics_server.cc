#include "edge/agent/metrics_server.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

namespace refedge::edge {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = net::ip::tcp;

namespace {

constexpr std::chrono::seconds kPatience{5};
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::size_t kMaxConnections = 16;
constexpr auto kTuple = net::as_tuple(net::use_awaitable);

std::optional<tcp::endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code failed;
  const auto address = net::ip::make_address(std::string(host), failed);
  const std::string_view digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (failed || error != std::errc{} || stop != digits.data() + digits.size()) return std::nullopt;
  return tcp::endpoint(address, port);
}

using Answer = http::response<http::string_body>;

Answer answer(http::status status, std::string body) {
  Answer made(status, 11);
  made.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
  made.keep_alive(false);
  made.body() = std::move(body);
  return made;
}

Answer answer_to(const http::request<http::empty_body>& request, const AgentCounts& counts) {
  if (request.method() != http::verb::get && request.method() != http::verb::head) {
    Answer refused = answer(http::status::method_not_allowed, "GET or HEAD, please\n");
    refused.set(http::field::allow, "GET, HEAD");
    return refused;
  }
  if (request.target() == "/metrics") return answer(http::status::ok, write_metrics(counts));
  if (request.target() != "/ready") return answer(http::status::not_found, "there are /metrics and /ready\n");
  if (counts.links_complete) return answer(http::status::ok, "ready\n");
  return answer(http::status::service_unavailable, "the links are not all here yet\n");
}

}  // namespace

struct MetricsServer::State {
  explicit State(const AgentCounts& counted) : counts(counted) {}

  net::awaitable<void> accept_all() {
    for (;;) {
      auto [failed, socket] = co_await acceptor.async_accept(kTuple);
      if (!acceptor.is_open()) co_return;
      if (failed) {  // out of descriptors, most likely: some get free
        net::steady_timer pause(loop, kAcceptPause);
        co_await pause.async_wait(kTuple);
        continue;
      }
      if (connections < kMaxConnections)
        net::co_spawn(loop, serve(beast::tcp_stream(std::move(socket))), net::detached);
    }
  }

  net::awaitable<void> serve(beast::tcp_stream stream) {
    ++connections;
    beast::flat_buffer buffer(8 * 1024);
    http::request<http::empty_body> request;
    stream.expires_after(kPatience);
    const auto [failed, size] = co_await http::async_read(stream, buffer, request, kTuple);
    if (!failed) {
      Answer said = answer_to(request, counts);
      said.prepare_payload();
      if (request.method() == http::verb::head) said.body().clear();  // its Content-Length stays
      co_await http::async_write(stream, said, kTuple);
      boost::system::error_code ignored;
      stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }
    --connections;
  }

  const AgentCounts& counts;
  net::io_context loop{1};
  tcp::acceptor acceptor{loop};
  std::size_t connections = 0;
  std::thread thread;
};

IoResult<std::unique_ptr<MetricsServer>> MetricsServer::open(const std::string& address,
                                                             const AgentCounts& counts) {
  const auto endpoint = parse_endpoint(address);
  if (!endpoint) return IoError{"metrics: " + address + " is no IP address and port, e.g. 127.0.0.1:9109"};
  if (!endpoint->address().is_loopback())
    return IoError{"metrics: " + address + " is not on loopback, and nothing here asks who reads them"};
  auto state = std::make_unique<State>(counts);
  boost::system::error_code failed;
  state->acceptor.open(endpoint->protocol(), failed);
  if (!failed) state->acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
  if (!failed) state->acceptor.bind(*endpoint, failed);
  if (!failed) state->acceptor.listen(tcp::acceptor::max_listen_connections, failed);
  if (failed) return IoError{"metrics: " + address + ": " + failed.message()};
  return std::unique_ptr<MetricsServer>(new MetricsServer(std::move(state)));
}

MetricsServer::MetricsServer(std::unique_ptr<State> state) : state_(std::move(state)) {
  net::co_spawn(state_->loop, state_->accept_all(), net::detached);
  state_->thread = std::thread([loop = &state_->loop] { loop->run(); });
}

MetricsServer::~MetricsServer() {
  state_->loop.stop();
  state_->thread.join();
}

std::uint16_t MetricsServer::port() const noexcept {
  boost::system::error_code failed;
  return state_->acceptor.local_endpoint(failed).port();
}

}  // namespace refedge::edge
