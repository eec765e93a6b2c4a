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
  auto for_clicks = HttpClient::open(http, *stop);
  if (!for_clicks) return IoError{for_clicks.message()};
  auto table = LinkTableWriter::open({.directory = options.links_directory});
  if (!table) return IoError{table.message()};
  auto spool = SpoolReader::open(options.spool_directory);
  if (!spool) return IoError{spool.message()};
  return Agent(options, std::move(stop), LinkPuller(*std::move(for_links), *std::move(table)),
               ClickShipper(*std::move(for_clicks), *std::move(spool), options.spool_directory));
}

Agent::Agent(const Options& options, std::unique_ptr<StopSignal> stop, LinkPuller puller, ClickShipper shipper)
    : stop_(std::move(stop)),
      puller_(std::move(puller)),
      shipper_(std::move(shipper)),
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
  std::thread clicks(guarded, &Agent::ship_clicks);
  links.join();
  clicks.join();
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

void Agent::ship_clicks() {
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
  return pulled != PullOutcome::kFailed && shipped != ShipOutcome::kFailed;
}

}  // namespace refedge::edge
