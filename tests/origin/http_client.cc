#include "http_client.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http.hpp>

namespace refedge::origin::test {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using net::ip::tcp;

namespace {

tcp::socket connect(net::io_context& loop, std::uint16_t port) {
  tcp::socket socket(loop);
  socket.connect({net::ip::address_v4::loopback(), port});
  return socket;
}

}  // namespace

std::string Answer::header(const std::string& name) const {
  for (const auto& [key, value] : headers) {
    if (beast::iequals(key, name)) return value;
  }
  return {};
}

std::string Answer::error() const {
  const auto first = json().at("errors").at(0);
  return first.at("field").get<std::string>() + ":" + first.at("reason").get<std::string>();
}

Answer call(std::uint16_t port, const Call& request) {
  net::io_context loop;
  tcp::socket socket = connect(loop, port);
  http::request<http::string_body> message;
  message.method_string(request.method);
  message.target(request.target);
  message.version(11);
  message.set(http::field::host, "127.0.0.1");
  message.set(http::field::connection, "close");
  for (const auto& [name, value] : request.headers) message.set(name, value);
  message.body() = request.body;
  message.prepare_payload();
  http::write(socket, message);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.skip(request.method == "HEAD");
  http::read(socket, buffer, parser);
  Answer answer{.status = parser.get().result_int(), .headers = {}, .body = parser.get().body()};
  for (const auto& field : parser.get()) {
    answer.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  return answer;
}

std::string call_raw(std::uint16_t port, const std::string& bytes) {
  net::io_context loop;
  tcp::socket socket = connect(loop, port);
  net::write(socket, net::buffer(bytes));
  std::string answer;
  beast::error_code end;
  net::read(socket, net::dynamic_buffer(answer), end);
  return answer;
}

bool is_refused(std::uint16_t port) {
  net::io_context loop;
  tcp::socket socket(loop);
  beast::error_code failure;
  socket.connect({net::ip::address_v4::loopback(), port}, failure);
  return failure == net::error::connection_refused;
}

}  // namespace refedge::origin::test
