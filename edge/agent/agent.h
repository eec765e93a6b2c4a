// The agent: keeps an edge's link table up to date and its spool empty. `refedge agent` runs it.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "edge/agent/agent_counts.h"
#include "edge/agent/link_puller.h"
#include "edge/agent/metrics_server.h"
#include "edge/agent/spool_shipper.h"
#include "edge/agent/stop_signal.h"
#include "edge/io_result.h"

namespace refedge::edge {

class Agent {
 public:
  struct Options {
    std::string origin;           // see HttpClient::Options
    std::string_view token;       // copied; the caller wipes its own
    std::string links_directory;
    std::string spool_directory;
    std::string metrics = {};                    // address:port on loopback that answers /metrics and /ready, or empty
    std::chrono::seconds link_wait{25};          // how long the origin may hold a request for links
    std::chrono::milliseconds idle_pause{200};   // between two looks into an empty spool
  };

  // open checks the options and takes both directories; it does not talk to the origin.
  // Errors: those of HttpClient, LinkTableWriter, SpoolReader and MetricsServer.
  [[nodiscard]] static IoResult<Agent> open(const Options& options);

  // run works until stop() is called, the links and the spool each in a thread; failures are logged and tried again. False
  // when a thread ended for another reason than a stop.
  [[nodiscard]] bool run();

  // run_once brings all links and ships all that is in the spool now. False when either failed.
  [[nodiscard]] bool run_once();

  // stop makes run() return, within a second. Any thread, any time.
  void stop() { stop_->request(); }

 private:
  Agent(const Options& options, std::unique_ptr<StopSignal> stop, std::unique_ptr<AgentCounts> counts, LinkPuller puller,
        SpoolShipper shipper, std::unique_ptr<MetricsServer> metrics);
  void pull_links();
  void ship_spool();

  std::unique_ptr<StopSignal> stop_;  // first: the others refer to it
  std::unique_ptr<AgentCounts> counts_;
  LinkPuller puller_;
  SpoolShipper shipper_;
  std::unique_ptr<MetricsServer> metrics_;  // null: nobody asked for it
  std::chrono::seconds link_wait_;
  std::chrono::milliseconds idle_pause_;
};

}  // namespace refedge::edge
