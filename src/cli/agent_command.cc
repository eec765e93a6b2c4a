// refedge agent: runs an edge's agent until SIGTERM or SIGINT.
#include <pthread.h>
#include <signal.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "cli/commands.h"
#include "cli/secrets.h"
#include "edge/agent/agent.h"
#include "edge/agent/service_notice.h"
#include "refedge/secret.h"

namespace refedge::cli {
namespace {

struct AgentArguments {
  std::string origin;
  std::string links;
  std::string spool;
  std::string token_file;
  std::string metrics;
  bool once = false;
};

int fail(const std::string& why) {
  std::fprintf(stderr, "refedge agent: %s\n", why.c_str());
  return 1;
}

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

// Waits for a signal in its own thread, which the signals of all others are left to; `agent` outlives it. The agent's
// own end raises SIGTERM for this process, so that the waiting ends too.
int run_until_signal(edge::Agent& agent) {
  const sigset_t signals = stop_signals();
  std::thread waiter([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    spdlog::info("agent: stopping");
    edge::notify_service("STOPPING=1");
    agent.stop();
  });
  const bool sound = agent.run();
  pthread_kill(waiter.native_handle(), SIGTERM);
  waiter.join();
  return sound ? 0 : 1;
}

int run_agent(const AgentArguments& arguments) {
  spdlog::set_default_logger(spdlog::stderr_color_mt("refedge"));
  // Before any thread exists, so that every thread inherits it.
  const sigset_t signals = stop_signals();
  if (!arguments.once) pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  auto token = read_secret("REFEDGE_EDGE_TOKEN", arguments.token_file);
  if (!token) return fail("the edge token: " + token.error().field + ": " + std::string(errc_message(token.error().code)));
  auto agent = edge::Agent::open({.origin = arguments.origin,
                                  .token = *token,
                                  .links_directory = arguments.links,
                                  .spool_directory = arguments.spool,
                                  .metrics = arguments.metrics});
  wipe(*token);
  if (!agent) return fail(agent.message());
  if (arguments.once) return agent->run_once() ? 0 : 1;
  spdlog::info("agent: links in {}, spool in {}", arguments.links, arguments.spool);
  edge::notify_service("READY=1");  // an origin that is away is no reason not to start
  return run_until_signal(*agent);
}

}  // namespace

void add_agent_command(CLI::App& app, int& exit_status) {
  auto arguments = std::make_shared<AgentArguments>();
  CLI::App* command = app.add_subcommand("agent", "Keep an edge's link table up to date and ship its spool");
  command->add_option("--origin", arguments->origin, "URL of the origin, e.g. https://origin.example")->required();
  command->add_option("--links", arguments->links, "directory of the link table; created when missing")->required();
  command->add_option("--spool", arguments->spool, "directory where nginx's workers spool clicks and conversions")->required();
  command->add_option("--token-file", arguments->token_file, "file with the edge token (else REFEDGE_EDGE_TOKEN)");
  command->add_option("--metrics", arguments->metrics, "loopback address:port that answers /metrics and /ready");
  command->add_flag("--once", arguments->once, "bring and ship what is there now, then end");
  command->callback([arguments, &exit_status] { exit_status = run_agent(*arguments); });
}

}  // namespace refedge::cli
