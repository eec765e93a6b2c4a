// The doctor's checks: each looks at one thing and adds what it finds. docs/doctor.md lists all findings.
#pragma once

#include "cli/doctor/fetch.h"
#include "cli/doctor/report.h"
#include "cli/doctor/visit.h"

namespace refedge::cli::doctor {

void check_answer(const Visit& visit, Report& report);  // status, type, length, HTTPS, caching
void check_script(const Visit& visit,
                  Report& report);  // the tag: there, from the right host, before the snippet
void check_snippets(const Visit& visit,
                    Report& report);                  // new Buyapowa(…), the elements that it names, og:url
void check_site(const Visit& visit, Report& report);  // whose cookies the market's are
void check_policies(const Visit& visit, Report& report);  // Content-Security-Policy

// These ask the market.
void check_files(const Visit& visit, Fetcher& fetcher, Report& report);   // the script and what it loads
void check_frames(const Visit& visit, Fetcher& fetcher, Report& report);  // the campaign's frame
void check_track(const Visit& visit, Fetcher& fetcher, Report& report);   // whether an order would be taken

}  // namespace refedge::cli::doctor
