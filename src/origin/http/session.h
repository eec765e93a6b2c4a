// One connection: reads requests, runs their endpoints, writes the answers.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "origin/http/routes.h"
#include "origin/http/server.h"

namespace refedge::origin {

class Session {
 public:
  Session(boost::asio::ip::tcp::socket socket, Server& server);

  // run returns when the connection is closed, by whichever side. Nothing is thrown.
  [[nodiscard]] boost::asio::awaitable<void> run();

  // close_if_idle closes a connection on which no request is in progress.
  void close_if_idle();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  enum class Next { kRequest, kClose };
  struct Answer {
    Response response;
    std::string_view pattern = "-";  // for the log; a path may hold anything
    Next next = Next::kRequest;
  };

  boost::asio::awaitable<Next> serve_one();
  boost::asio::awaitable<Answer> answer(Parser& parser);
  boost::asio::awaitable<bool> read_body(Parser& parser, std::size_t max_bytes);
  boost::asio::awaitable<Response> run_endpoint(const Route& route, const Request& request);
  boost::asio::awaitable<bool> write(const Parser& parser, Answer& answer);

  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  Server& server_;
  bool is_idle_ = true;
};

}  // namespace refedge::origin
