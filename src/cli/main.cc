// refedge: one program for the origin, the agent of an edge, and the tools of the people who run them.
#include <cstdio>
#include <exception>

#include "cli/commands.h"

namespace {

constexpr int kWrongUse = 2;

int run(int argc, char** argv) {
  CLI::App app("refedge, the referral stack that a merchant owns", "refedge");
  int exit_status = 0;
  app.set_version_flag("--version", "refedge " REFEDGE_VERSION);
  app.require_subcommand(1);
  refedge::cli::add_origin_commands(app, exit_status);
  refedge::cli::add_agent_command(app, exit_status);
  refedge::cli::add_core_commands(app, exit_status);
  refedge::cli::add_doctor_command(app, exit_status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongUse;
  }
  return exit_status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "refedge: %s\n", error.what());
    return 1;
  }
}
