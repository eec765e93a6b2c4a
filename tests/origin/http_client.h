// A plain HTTP client for the tests: one request, one connection, over a real socket.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace refedge::origin::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Answer {
  unsigned status = 0;
  Headers headers;
  std::string body;

  // header: the value of the first header of this name (any case), or empty.
  [[nodiscard]] std::string header(const std::string& name) const;
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(body); }
  // error: "<field>:<reason>" of the first error.
  [[nodiscard]] std::string error() const;
};

struct Call {
  std::string method = "GET";
  std::string target = "/";
  Headers headers = {};
  std::string body = {};
};

// call sends a request to 127.0.0.1:`port` and reads the answer.
[[nodiscard]] Answer call(std::uint16_t port, const Call& request);

// call_raw sends bytes as they are and reads what comes until the other side closes.
[[nodiscard]] std::string call_raw(std::uint16_t port, const std::string& bytes);

// is_refused tells whether nobody listens on the port.
[[nodiscard]] bool is_refused(std::uint16_t port);

}  // namespace refedge::origin::test
