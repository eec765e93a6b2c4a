// The agent's HTTP: one connection to the origin, kept alive. Spec: docs/protocol.md#edge-api.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "edge/agent/stop_signal.h"
#include "edge/io_result.h"

namespace refedge::edge {

struct HttpAnswer {
  long status = 0;
  std::string body;
};

// Sends the edge token with every request, follows no redirect, verifies certificates. Used by one thread.
class HttpClient {
 public:
  struct Options {
    std::string origin;                             // http or https, host, optional port and path; nothing else
    std::string_view token;                         // printable ASCII; copied, and wiped with the client
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds answer_timeout{20'000};  // on top of what the caller asks the origin to wait
  };

  // open checks the options; it does not connect. A request in flight ends when `stop` is requested.
  // Errors: an origin URL of another form (with a user name, a query, another scheme); an unusable token.
  [[nodiscard]] static IoResult<HttpClient> open(const Options& options, const StopSignal& stop);

  HttpClient(HttpClient&&) noexcept;
  ~HttpClient();

  // get and post give whatever the origin answered, of any status. `target` begins with '/'.
  // Errors: no connection, a timeout, an answer over 16 MiB, a stop.
  [[nodiscard]] IoResult<HttpAnswer> get(const std::string& target, std::chrono::milliseconds patience);
  [[nodiscard]] IoResult<HttpAnswer> post(const std::string& target, const std::string& json);

 private:
  struct State;
  explicit HttpClient(std::unique_ptr<State> state) noexcept;
  std::unique_ptr<State> state_;
};

}  // namespace refedge::edge
