// Connections of the load generator: one request at a time on each, answers with a Content-Length.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace refedge::bench {

class Connection;

// The connections that have something to read.
class Poll {
 public:
  Poll();
  Poll(const Poll&) = delete;
  Poll& operator=(const Poll&) = delete;
  ~Poll();

  void add(int socket, Connection* connection);

  // ready looks and does not wait.
  [[nodiscard]] std::span<Connection* const> ready();

 private:
  int fd_;
  std::array<Connection*, 64> ready_{};
};

class Connection {
 public:
  Connection(Poll& poll, std::uint16_t port);  // to 127.0.0.1; ends the program when nobody listens
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  void send(std::string_view request, std::int64_t due);

  // receive reads what is there and gives the answer's status when it is complete.
  [[nodiscard]] std::optional<int> receive();

  [[nodiscard]] std::int64_t due() const noexcept { return due_; }

 private:
  int socket_;
  std::int64_t due_ = 0;
  std::string answer_;
};

}  // namespace refedge::bench
