// refedge_pace <port> <codes file> <first line> <headers> <rate> <seconds> <connections>: GET /r/<code> at a
// fixed rate. A request's latency counts from when it was due, not from when a connection was free for it: a
// server that stalls is charged for every request that the stall held up (wrk and h2load would wait with it
// and send fewer). At the rate 0 each connection asks again as soon as it is answered: all that the server
// can take. A request costs this program less than wrk's script, which cannot keep a fast server busy. It never
// sleeps: a sleep is late by more than what is measured, and a server pays half a microsecond for waking a load
// beside it, the more often the slower it is. Whoever runs this gives it a core.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/bench/edge/pace_clock.h"
#include "tests/bench/edge/pace_connection.h"

namespace refedge::bench {
namespace {

struct Plan {
  std::uint16_t port;
  std::string codes;  // lines of equal length
  std::size_t line;   // length of one, its end included
  std::size_t at;     // where the next code stands
  std::string headers;
  double interval_ns;  // 0: at once
  double seconds;
  std::size_t connections;
};

std::string read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  require(!text.empty() && text.find('\n') != std::string::npos, "the file of codes cannot be read");
  return text;
}

Plan read_plan(char** argument) {
  Plan plan{};
  plan.port = static_cast<std::uint16_t>(std::atoi(argument[1]));
  plan.codes = read_file(argument[2]);
  plan.line = plan.codes.find('\n') + 1;
  plan.at = static_cast<std::size_t>(std::atoll(argument[3])) * plan.line % plan.codes.size();
  plan.headers = argument[4];
  const double rate = std::atof(argument[5]);
  plan.interval_ns = rate > 0 ? 1e9 / rate : 0;
  plan.seconds = std::atof(argument[6]);
  plan.connections = static_cast<std::size_t>(std::atoll(argument[7]));
  require(rate >= 0 && plan.seconds > 0 && plan.connections > 0,
          "seconds and connections are numbers above 0, the rate 0 or more");
  return plan;
}

// The next request, in `text`, which keeps its memory.
void next_request(Plan& plan, std::string& text) {
  const std::string_view code(plan.codes.data() + plan.at, plan.line - 1);
  plan.at = (plan.at + plan.line) % plan.codes.size();
  text.assign("GET /r/").append(code).append(" HTTP/1.1\r\n").append(plan.headers).append("\r\n");
}

class Run {
 public:
  explicit Run(Plan plan) : plan_(std::move(plan)) {
    for (std::size_t i = 0; i < plan_.connections; ++i)
      idle_.push_back(&connections_.emplace_back(poll_, plan_.port));
  }

  void go() {
    start_ = now_ns();
    end_ = start_ + static_cast<std::int64_t>(plan_.seconds * 1e9);
    if (plan_.interval_ns > 0)
      pace();
    else
      saturate();
    seconds_ = static_cast<double>(now_ns() - start_) / 1e9;
  }

  void print() {
    std::sort(latencies_.begin(), latencies_.end());
    const auto percentile = [&](std::size_t per_mille) {
      return static_cast<double>(latencies_[(latencies_.size() - 1) * per_mille / 1000]) / 1000;
    };
    std::printf("{\"requests\":%zu,\"seconds\":%.6f,\"p50\":%.1f,\"p99\":%.1f,\"max\":%.1f,\"errors\":%zu}\n",
                latencies_.size(), seconds_, percentile(500), percentile(990), percentile(1000), errors_);
  }

 private:
  static constexpr std::int64_t kPatienceNs = 5'000'000'000;
  static constexpr double kMostARate = 300'000;

  void pace() {
    const auto total = static_cast<std::size_t>(static_cast<double>(end_ - start_) / plan_.interval_ns);
    while (latencies_.size() < total) {
      while (sent_ < total && due() <= now_ns() && !idle_.empty()) send(due());
      for (Connection* ready : poll_.ready()) receive(*ready);
      require(now_ns() < end_ + kPatienceNs, "the server does not keep up with this rate");
    }
  }

  // Asks until the time is over, and then waits for the answers that are under way.
  void saturate() {
    latencies_.reserve(static_cast<std::size_t>(plan_.seconds * kMostARate));
    for (std::int64_t now = start_; now < end_ || idle_.size() < plan_.connections; now = now_ns()) {
      while (now < end_ && !idle_.empty()) send(now);
      for (Connection* ready : poll_.ready()) receive(*ready);
      require(now < end_ + kPatienceNs, "the server does not answer");
    }
  }

  [[nodiscard]] std::int64_t due() const {
    return start_ + static_cast<std::int64_t>(static_cast<double>(sent_) * plan_.interval_ns);
  }

  void send(std::int64_t due) {
    Connection* connection = idle_.front();
    idle_.pop_front();
    next_request(plan_, request_);
    connection->send(request_, due);
    ++sent_;
  }

  void receive(Connection& connection) {
    const auto status = connection.receive();
    if (!status) return;
    latencies_.push_back(now_ns() - connection.due());
    if (*status != 302) ++errors_;
    idle_.push_back(&connection);
  }

  Plan plan_;
  Poll poll_;
  std::deque<Connection> connections_;
  std::deque<Connection*> idle_;
  std::vector<std::int64_t> latencies_;
  std::string request_;
  std::int64_t start_ = 0;
  std::int64_t end_ = 0;
  double seconds_ = 0;
  std::size_t sent_ = 0;
  std::size_t errors_ = 0;
};

}  // namespace
}  // namespace refedge::bench

int main(int argc, char** argv) {
  refedge::bench::require(
      argc == 8,
      "usage: refedge_pace <port> <codes file> <first line> <headers> <rate> <seconds> <connections>");
  refedge::bench::Run run(refedge::bench::read_plan(argv));
  run.go();
  run.print();
}
