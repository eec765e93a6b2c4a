#include "origin/main/service.h"

#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>

#include "origin/api/context.h"
#include "origin/http/change_signal.h"
#include "origin/http/endpoint_runner.h"
#include "origin/http/server.h"
#include "origin/outbound/worker.h"
#include "origin/store/sqlite/sqlite_store.h"

namespace refedge::origin {

namespace net = boost::asio;

namespace {

std::int64_t system_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since).count();
}

ServiceOptions with_clock(ServiceOptions options) {
  if (!options.now) options.now = system_now;
  return options;
}

}  // namespace

// Members are made from the top and go from the bottom: the server before what it uses.
struct Service::Parts {
  explicit Parts(ServiceOptions given)
      : options(with_clock(std::move(given))),
        strings(options.strings_directory),
        store(open_sqlite_store(options.database_path)),
        loop(1),
        changes(loop),
        worker(open_sqlite_store(options.database_path), AddressPolicy(options.outbound_allow), options.now),
        context{*store, strings, options.edge_token.view(), options.now,
                [this] {
                  changes.notify();
                  worker.notify();
                }},
        runner(context),
        server(loop, options.listen, runner, changes) {}

  ServiceOptions options;
  StringTables strings;
  std::unique_ptr<Store> store;
  net::io_context loop;
  ChangeSignal changes;
  OutboxWorker worker;
  Context context;
  EndpointRunner runner;
  Server server;
};

Service::Service(ServiceOptions options) : parts_(std::make_unique<Parts>(std::move(options))) {}

Service::~Service() = default;

std::uint16_t Service::port() const { return parts_->server.port(); }

void Service::run(Signals signals) {
  net::signal_set signal_set(parts_->loop);
  if (signals == Signals::kHandle) {
    signal_set.add(SIGTERM);
    signal_set.add(SIGINT);
    signal_set.async_wait([this](const boost::system::error_code& cancelled, int /*number*/) {
      if (!cancelled) parts_->server.stop();
    });
  }
  const std::string address = parts_->options.listen.address().to_string();
  spdlog::info("listening on {}:{}", address, port());
  parts_->server.start();
  parts_->loop.run();
  spdlog::info("stopped");
}

void Service::stop() {
  net::post(parts_->loop, [this] { parts_->server.stop(); });
}

}  // namespace refedge::origin
