// refedge doctor: looks at a merchant's page and says what is missing, with the fix.
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/commands.h"
#include "cli/doctor/checks.h"
#include "cli/doctor/fetch.h"
#include "cli/doctor/report.h"
#include "cli/doctor/visit.h"

namespace refedge::cli {
namespace {

using doctor::Fetcher;
using doctor::Finding;
using doctor::Report;
using doctor::Visit;

constexpr int kFoundProblems = 1;
constexpr int kCouldNotLook = 2;
constexpr rlim_t kCpuSeconds = 10;  // a page that is no trap takes less than one

struct DoctorArguments {
  std::string url;
  std::string ca_file;
  bool is_json = false;
};

// What may be done within a signal's handler: a write, and the end.
void give_up(int /*signal*/) {
  constexpr std::string_view kText = "refedge doctor: the page takes too long to read\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kText.data(), kText.size());
  ::_exit(kCouldNotLook);
}

// A page can be made so that a parser's work grows with the square of its length (a tag with half a million
// attributes).
void limit_cpu_time() {
  const rlimit limit = {kCpuSeconds, kCpuSeconds + 1};
  std::signal(SIGXCPU, give_up);
  ::setrlimit(RLIMIT_CPU, &limit);
}

Report examine(const Visit& visit, Fetcher& fetcher) {
  Report report;
  doctor::check_answer(visit, report);
  doctor::check_script(visit, report);
  doctor::check_snippets(visit, report);
  doctor::check_site(visit, report);
  doctor::check_policies(visit, report);
  doctor::check_files(visit, fetcher, report);
  doctor::check_frames(visit, fetcher, report);
  doctor::check_track(visit, fetcher, report);
  return report;
}

// What comes from the page may hold what moves a terminal's cursor.
std::string printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return text;
}

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

std::size_t count_problems(const Report& report) {
  std::size_t count = 0;
  for (const Finding& finding : report.findings()) count += finding.is_problem ? 1 : 0;
  return count;
}

void print_text(const Visit& visit, const Report& report) {
  std::printf("%s\n", printable(visit.url.text).c_str());
  for (const Finding& finding : report.findings()) {
    std::printf("\n%s %s: %s\n  fix: %s\n", finding.is_problem ? "problem" : "note",
                std::string(finding.id).c_str(), printable(finding.what).c_str(),
                printable(finding.fix).c_str());
  }
  const std::size_t problems = count_problems(report);
  const std::size_t notes = report.findings().size() - problems;
  std::printf("\n%s, %s%s\n", counted(problems, "problem").c_str(), counted(notes, "note").c_str(),
              report.findings().empty() ? ": everything is in its place" : "");
}

void print_json(const Visit& visit, const Report& report) {
  nlohmann::ordered_json answer = {{"url", visit.url.text},
                                   {"problems", count_problems(report)},
                                   {"findings", nlohmann::ordered_json::array()}};
  for (const Finding& finding : report.findings()) {
    answer["findings"].push_back({{"id", finding.id},
                                  {"severity", finding.is_problem ? "problem" : "note"},
                                  {"what", finding.what},
                                  {"fix", finding.fix}});
  }
  std::printf("%s\n", answer.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

int fail(const std::string& why) {
  std::fprintf(stderr, "refedge doctor: %s\n", printable(why).c_str());
  return kCouldNotLook;
}

int run_doctor(const DoctorArguments& arguments) {
  const auto url = doctor::parse_url(arguments.url);
  if (!url) return fail("url: it must start with http:// or https:// and have no user name in it");
  limit_cpu_time();
  Fetcher fetcher(arguments.ca_file);
  doctor::Response response = fetcher.fetch({.url = url->text, .origin = {}, .is_preflight = false});
  if (!response.trouble.empty()) return fail("the page cannot be loaded: " + response.trouble);
  const auto final_url = doctor::parse_url(response.url);
  const Visit visit = doctor::make_visit(final_url ? *final_url : *url, std::move(response));
  const Report report = examine(visit, fetcher);
  (arguments.is_json ? print_json : print_text)(visit, report);
  if (std::fflush(stdout) != 0) return kCouldNotLook;
  return count_problems(report) > 0 ? kFoundProblems : 0;
}

}  // namespace

void add_doctor_command(CLI::App& app, int& exit_status) {
  auto arguments = std::make_shared<DoctorArguments>();
  CLI::App* command =
      app.add_subcommand("doctor", "Look at a page of the shop and say what is missing, with the fix");
  command
      ->add_option("url", arguments->url,
                   "address of the page, e.g. https://www.your-shop.com/refer-a-friend")
      ->required();
  command->add_option("--ca-file", arguments->ca_file,
                      "certificates to trust instead of the system's, for a shop under test");
  command->add_flag("--json", arguments->is_json, "answer in JSON");
  command->footer("Exit status: 0 no problem, 1 problems were found, 2 the page could not be looked at.");
  command->callback([arguments, &exit_status] { exit_status = run_doctor(*arguments); });
}

}  // namespace refedge::cli
