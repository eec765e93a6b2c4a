// The subcommands of `refedge`. Each function adds its own to `app`; their callbacks set `exit_status`:
// 0 success, 1 the input was refused or the work failed (the reason is on standard error), 2 wrong use.
#pragma once

#include <CLI/CLI.hpp>

namespace refedge::cli {

void add_core_commands(CLI::App& app, int& exit_status);    // sign, verify, encrypt, decrypt
void add_origin_commands(CLI::App& app, int& exit_status);  // origin, market, campaign
void add_agent_command(CLI::App& app, int& exit_status);    // agent
void add_doctor_command(CLI::App& app, int& exit_status);   // doctor; its statuses: docs/doctor.md

}  // namespace refedge::cli
