#include "tests/bench/edge/pace_connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/bench/edge/pace_clock.h"

namespace refedge::bench {
namespace {

constexpr std::size_t kStatusAt = 9;  // after "HTTP/1.1 "

// The body's length; none when the head does not say it. Most servers write the name in one way, which is
// found faster.
std::optional<std::size_t> content_length(const char* head) {
  constexpr std::string_view kName = "\nContent-Length:";
  const char* found = strstr(head, kName.data());
  if (found == nullptr) found = strcasestr(head, kName.data());
  if (found == nullptr) return std::nullopt;
  return static_cast<std::size_t>(std::atoll(found + kName.size()));
}

int connect_to(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  require(fd >= 0 && connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0,
          "nobody listens on this port");
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

}  // namespace

void require(bool holds, const char* otherwise) {
  if (holds) return;
  std::fprintf(stderr, "refedge_pace: %s\n", otherwise);
  std::exit(1);
}

Poll::Poll() : fd_(epoll_create1(EPOLL_CLOEXEC)) {}
Poll::~Poll() { close(fd_); }

void Poll::add(int socket, Connection* connection) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = connection;
  require(epoll_ctl(fd_, EPOLL_CTL_ADD, socket, &event) == 0, "epoll refuses a connection");
}

std::span<Connection* const> Poll::ready() {
  std::array<epoll_event, 64> events;
  const int found = epoll_wait(fd_, events.data(), static_cast<int>(events.size()), 0);
  const auto count = static_cast<std::size_t>(found > 0 ? found : 0);
  for (std::size_t i = 0; i < count; ++i) ready_[i] = static_cast<Connection*>(events[i].data.ptr);
  return {ready_.data(), count};
}

Connection::Connection(Poll& poll, std::uint16_t port) : socket_(connect_to(port)) {
  poll.add(socket_, this);
}
Connection::~Connection() { close(socket_); }

void Connection::send(std::string_view request, std::int64_t due) {
  due_ = due;
  answer_.clear();
  const ssize_t sent = ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL);
  require(sent == static_cast<ssize_t>(request.size()), "a request could not be sent");
}

std::optional<int> Connection::receive() {
  std::array<char, 16384> block;
  const ssize_t got = recv(socket_, block.data(), block.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
  require(got > 0, "the server closed a connection");
  answer_.append(block.data(), static_cast<std::size_t>(got));
  const std::size_t end = answer_.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  const auto body = content_length(answer_.c_str());
  require(body.has_value(), "an answer without Content-Length");
  if (answer_.size() < end + 4 + *body) return std::nullopt;
  return std::atoi(answer_.c_str() + kStatusAt);
}

}  // namespace refedge::bench
