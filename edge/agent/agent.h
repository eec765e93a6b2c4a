// The agent: keeps an edge's link table up to date and its spool empty. `refedge agent` runs it.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "edge/agent/click_shipper.h"
#include "edge/agent/link_puller.h"
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
    std::chrono::seconds link_wait{25};          // how long the origin may hold a request for links
    std::chrono::milliseconds idle_pause{200};   // between two looks into an empty spool
  };

  // open checks the options and takes both directories; it does not talk to the origin.
  // Errors: those of HttpClient, LinkTableWriter and SpoolReader.
  [[nodiscard]] static IoResult<Agent> open(const Options& options);

  // run works until stop() is called, links and clicks each in a thread; failures are logged and tried again. False
  // when a thread ended for another reason than a stop.
  [[nodiscard]] bool run();

  // run_once brings all links and ships all clicks that are there now. False when either failed.
  [[nodiscard]] bool run_once();

  // stop makes run() return, within a second. Any thread, any time.
  void stop() { stop_->request(); }

 private:
  Agent(const Options& options, std::unique_ptr<StopSignal> stop, LinkPuller puller, ClickShipper shipper);
  void pull_links();
  void ship_clicks();

  std::unique_ptr<StopSignal> stop_;  // first: the others refer to it
  LinkPuller puller_;
  ClickShipper shipper_;
  std::chrono::seconds link_wait_;
  std::chrono::milliseconds idle_pause_;
};

}  // namespace refedge::edge
