#include "edge/agent/agent.h"

#include <spdlog/spdlog.h>

#include <atomic>
#include <exception>
#include <random>
#include <thread>
#include <utility>

#include "edge/agent/backoff.h"

namespace refedge::edge {

IoResult<Agent> Agent::open(const Options& options) {
  auto stop = std::make_unique<StopSignal>();
  const HttpClient::Options http{.origin = options.origin, .token = options.token};
  auto for_links = HttpClient::open(http, *stop);
  if (!for_links) return IoError{for_links.message()};
  auto for_spool = HttpClient::open(http, *stop);
  if (!for_spool) return IoError{for_spool.message()};
  auto counts = std::make_unique<AgentCounts>();
  std::unique_ptr<MetricsServer> metrics;
  if (!options.metrics.empty()) {
    auto opened = MetricsServer::open(options.metrics, *counts);
    if (!opened) return IoError{opened.message()};
    metrics = *std::move(opened);
  }
  auto table = LinkTableWriter::open({.directory = options.links_directory});
  if (!table) return IoError{table.message()};
  auto spool = SpoolReader::open(options.spool_directory);
  if (!spool) return IoError{spool.message()};
  LinkPuller puller(*std::move(for_links), *std::move(table), *counts);
  SpoolShipper shipper(*std::move(for_spool), *std::move(spool), options.spool_directory, *counts);
  return Agent(options, std::move(stop), std::move(counts), std::move(puller), std::move(shipper), std::move(metrics));
}

Agent::Agent(const Options& options, std::unique_ptr<StopSignal> stop, std::unique_ptr<AgentCounts> counts,
             LinkPuller puller, SpoolShipper shipper, std::unique_ptr<MetricsServer> metrics)
    : stop_(std::move(stop)),
      counts_(std::move(counts)),
      puller_(std::move(puller)),
      shipper_(std::move(shipper)),
      metrics_(std::move(metrics)),
      link_wait_(options.link_wait),
      idle_pause_(options.idle_pause) {}

bool Agent::run() {
  std::atomic<bool> sound = true;
  // What escapes is a bug or a lack of memory: both threads end, and who supervises the agent starts it again.
  const auto guarded = [&](void (Agent::*work)()) {
    try {
      (this->*work)();
    } catch (const std::exception& error) {
      spdlog::critical("agent: {}", error.what());
      sound = false;
      stop();
    }
  };
  std::thread links(guarded, &Agent::pull_links);
  std::thread spool(guarded, &Agent::ship_spool);
  links.join();
  spool.join();
  return sound;
}

void Agent::pull_links() {
  Backoff backoff(std::random_device{}());
  while (!stop_->requested()) {
    const PullOutcome outcome = puller_.pull(link_wait_);
    if (outcome == PullOutcome::kFailed) {
      stop_->wait_for(backoff.next());
      continue;
    }
    backoff.reset();
    // An origin that does not hold the request must not be asked without a pause.
    if (outcome == PullOutcome::kIdle) stop_->wait_for(idle_pause_);
  }
}

void Agent::ship_spool() {
  Backoff backoff(std::random_device{}());
  while (!stop_->requested()) {
    const ShipOutcome outcome = shipper_.ship();
    if (outcome != ShipOutcome::kFailed) backoff.reset();
    if (outcome == ShipOutcome::kFailed) stop_->wait_for(backoff.next());
    if (outcome == ShipOutcome::kIdle) stop_->wait_for(idle_pause_);
  }
}

bool Agent::run_once() {
  PullOutcome pulled = PullOutcome::kMore;
  while (pulled == PullOutcome::kMore) pulled = puller_.pull(std::chrono::seconds(0));
  ShipOutcome shipped = ShipOutcome::kShipped;
  while (shipped == ShipOutcome::kShipped) shipped = shipper_.ship();
  return pulled != PullOutcome::kFailed && shipped != ShipOutcome::kFailed && !shipper_.has_waiting();
}

}  // namespace refedge::edge
