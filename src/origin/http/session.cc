#include "origin/http/session.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <utility>

#include "origin/api/answers.h"

namespace refedge::origin {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

constexpr std::uint32_t kMaxHeaderBytes = 32 * 1024;  // a Cookie header may have 16 KiB
constexpr std::chrono::seconds kIdleTime{75};         // longer than a proxy keeps its connections
constexpr std::chrono::seconds kBodyTime{15};
constexpr std::chrono::seconds kWriteTime{15};
constexpr std::chrono::seconds kLookAgain{1};  // at the store, while a request waits: a command that changes it can tell nobody here

constexpr auto kTuple = net::as_tuple(net::use_awaitable);

struct Target {
  std::string_view path;
  std::string_view query;
};

Target split_target(std::string_view target) {
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return {target, {}};
  return {target.substr(0, mark), target.substr(mark + 1)};
}

template <class Message, class Name>
std::string_view header(const Message& message, Name name) {
  const auto found = message.find(name);
  if (found == message.end()) return {};
  return {found->value().data(), found->value().size()};
}

template <class Message>
Request make_request(const Message& message, std::string_view query, std::string_view path_value) {
  return {.path_value = path_value,
          .query = query,
          .body = message.body(),
          .host = header(message, http::field::host),
          .page_origin = header(message, http::field::origin),
          .auth_id = header(message, "auth_id"),
          .auth_token = header(message, "auth_token"),
          .authorization = header(message, http::field::authorization),
          .attribution = header(message, "Refedge-Attribution")};
}

Response too_large() {
  return error_answer(413, "", "too_large", "the request's body is larger than this resource takes");
}

Response unreadable(const beast::error_code& failure) {
  if (failure == http::error::header_limit) {
    return error_answer(431, "", "headers_too_large", "the request's headers are larger than 32 KiB");
  }
  return error_answer(400, "", "malformed_request", "the request is not well-formed HTTP");
}

bool is_malformed(const beast::error_code& failure) {
  return failure.category() == make_error_code(http::error::bad_method).category() &&
         failure != http::error::end_of_stream && failure != http::error::partial_message;
}

Response unmatched(const RouteMatch& match) {
  if (match.allowed.empty()) return not_found("");
  Response response = error_answer(405, "", "method_not_allowed", "the resource does not have this method");
  response.headers.emplace_back("Allow", match.allowed);
  return response;
}

template <class Parser>
bool has_body(const Parser& parser) {
  return parser.chunked() || parser.content_length().value_or(0) > 0;
}

}  // namespace

Session::Session(net::ip::tcp::socket socket, Server& server) : stream_(std::move(socket)), server_(server) {}

void Session::close_if_idle() {
  if (is_idle_) stream_.close();
}

net::awaitable<void> Session::run() {
  while (co_await serve_one() == Next::kRequest) {
  }
  beast::error_code ignored;
  stream_.socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
}

net::awaitable<Session::Next> Session::serve_one() {
  Parser parser;
  parser.header_limit(kMaxHeaderBytes);
  parser.body_limit(boost::none);  // the route has its own
  stream_.expires_after(kIdleTime);
  is_idle_ = true;
  const auto [failure, size] = co_await http::async_read_header(stream_, buffer_, parser, kTuple);
  is_idle_ = false;
  const auto begin = std::chrono::steady_clock::now();
  if (failure && !is_malformed(failure)) co_return Next::kClose;
  Answer answered;
  if (failure)
    answered = {unreadable(failure), "-", Next::kClose};
  else
    answered = co_await answer(parser);
  if (!parser.get().keep_alive() || server_.is_stopping()) answered.next = Next::kClose;
  const bool is_written = co_await write(parser, answered);
  const auto spent = std::chrono::steady_clock::now() - begin;
  const auto method = http::to_string(parser.get().method());  // a method's own text may be anything, too
  spdlog::info("{} {} {} {}b {}us", std::string_view(method.data(), method.size()), answered.pattern,
               answered.response.status, answered.response.body.size(),
               std::chrono::duration_cast<std::chrono::microseconds>(spent).count());
  co_return is_written ? answered.next : Next::kClose;
}

net::awaitable<Session::Answer> Session::answer(Parser& parser) {
  const auto method = parser.get().method_string();
  const auto raw_target = parser.get().target();
  const std::string full_target(raw_target.data(), raw_target.size());
  const Target target = split_target(full_target);
  const RouteMatch match = find_route({method.data(), method.size()}, target.path);
  if (match.route == nullptr) {
    co_return Answer{unmatched(match), "-", has_body(parser) ? Next::kClose : Next::kRequest};
  }
  const Route& route = *match.route;
  if (!co_await read_body(parser, route.max_body_bytes)) {
    co_return Answer{too_large(), route.pattern, Next::kClose};
  }
  const Request request = make_request(parser.get(), target.query, match.path_value);
  Response response = co_await run_endpoint(route, request);
  co_return Answer{std::move(response), route.pattern, Next::kRequest};
}

// False when the body is larger than `max_bytes`, or cannot be read: nobody is there to hear the difference.
net::awaitable<bool> Session::read_body(Parser& parser, std::size_t max_bytes) {
  if (parser.content_length().value_or(0) > max_bytes) co_return false;
  if (parser.is_done()) co_return true;
  parser.body_limit(max_bytes);
  stream_.expires_after(kBodyTime);
  if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
    http::response<http::empty_body> go_on(http::status::continue_, 11);
    const auto [failure, size] = co_await http::async_write(stream_, go_on, kTuple);
    if (failure) co_return false;
  }
  const auto [failure, size] = co_await http::async_read(stream_, buffer_, parser, kTuple);
  co_return !failure;
}

net::awaitable<Response> Session::run_endpoint(const Route& route, const Request& request) {
  std::uint64_t seen = server_.changes().count();
  Reply reply = co_await server_.runner().run(route.endpoint, request);
  const auto deadline = std::chrono::steady_clock::now() + reply.wait;
  while (reply.wait.count() > 0 && !server_.is_stopping() && std::chrono::steady_clock::now() < deadline) {
    stream_.expires_never();
    co_await server_.changes().wait(seen, std::min(deadline, std::chrono::steady_clock::now() + kLookAgain));
    seen = server_.changes().count();
    reply = co_await server_.runner().run(route.endpoint, request);
  }
  co_return std::move(reply.response);
}

net::awaitable<bool> Session::write(const Parser& parser, Answer& answer) {
  const Response& from = answer.response;
  const bool is_head = parser.get().method() == http::verb::head;
  http::response<http::string_body> message;
  message.version(11);
  message.result(from.status);
  if (!from.content_type.empty()) message.set(http::field::content_type, from.content_type);
  for (const auto& [name, value] : from.headers) message.insert(name, value);
  message.keep_alive(answer.next == Next::kRequest);
  message.body() = from.body;
  if (from.status != 204) message.prepare_payload();  // a 204 has no length: RFC 9110 section 8.6
  if (is_head) message.body().clear();                // its Content-Length stays
  stream_.expires_after(kWriteTime);
  const auto [failure, size] = co_await http::async_write(stream_, message, kTuple);
  co_return !failure;
}

}  // namespace refedge::origin
