#include "hook_receiver.h"

#include <sys/socket.h>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace refedge::origin::test {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using net::ip::tcp;

HookReceiver::HookReceiver()
    : acceptor_(loop_, {net::ip::address_v4::loopback(), 0}), thread_([this] { serve(); }) {}

HookReceiver::~HookReceiver() {
  ::shutdown(acceptor_.native_handle(), SHUT_RDWR);  // wakes the blocking accept
  thread_.join();
}

std::string HookReceiver::url() const {
  return "http://127.0.0.1:" + std::to_string(port()) + "/hook?shop=1";
}

void HookReceiver::answer_next(unsigned status, std::string location) {
  const std::lock_guard lock(mutex_);
  planned_.push_back({status, std::move(location)});
}

std::vector<Hook> HookReceiver::hooks() const {
  const std::lock_guard lock(mutex_);
  return hooks_;
}

void HookReceiver::serve() {
  while (true) {
    beast::error_code failure;
    tcp::socket socket = acceptor_.accept(failure);
    if (failure) return;
    serve_one(std::move(socket));
  }
}

void HookReceiver::serve_one(tcp::socket socket) {
  beast::flat_buffer buffer;
  beast::error_code failure;
  http::request<http::string_body> request;
  http::read(socket, buffer, request, failure);
  if (failure) return;
  Planned planned;
  {
    const std::lock_guard lock(mutex_);
    hooks_.push_back({std::string(request.target()), std::string(request[http::field::content_type]),
                      std::string(request["Refedge-Delivery"]), request.body()});
    if (!planned_.empty()) {
      planned = planned_.front();
      planned_.pop_front();
    }
  }
  http::response<http::string_body> response(static_cast<http::status>(planned.status), 11);
  if (!planned.location.empty()) response.set(http::field::location, planned.location);
  response.keep_alive(false);
  response.prepare_payload();
  http::write(socket, response, failure);
}

}  // namespace refedge::origin::test
