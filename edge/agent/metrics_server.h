// What monitoring asks an agent: GET /metrics in Prometheus' text format, GET /ready.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "edge/agent/agent_counts.h"
#include "edge/io_result.h"

namespace refedge::edge {

// write_metrics writes the counts in Prometheus' text format 0.0.4.
[[nodiscard]] std::string write_metrics(const AgentCounts& counts);

// Answers in a thread of its own from open() until it goes. /ready is 200 once the link feed was read to its
// end, and 503 before; other paths are 404, other methods 405.
class MetricsServer {
 public:
  // open listens on `address`, an IP address and a port: "127.0.0.1:9109", "[::1]:9109"; port 0 takes a free
  // one. `counts` outlives the server. Errors: an address that is none or not of this machine's loopback; one
  // that cannot be had.
  [[nodiscard]] static IoResult<std::unique_ptr<MetricsServer>> open(const std::string& address,
                                                                     const AgentCounts& counts);
  ~MetricsServer();

  [[nodiscard]] std::uint16_t port() const noexcept;

 private:
  struct State;
  explicit MetricsServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace refedge::edge
