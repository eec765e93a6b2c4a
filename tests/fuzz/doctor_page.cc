// The doctor's reading of a stranger's page and policy: the limits hold, and what a snippet says stands in
// its script.
#include <cstddef>

#include "cli/doctor/page.h"
#include "cli/doctor/policy.h"
#include "cli/doctor/snippet.h"
#include "cli/doctor/tokens.h"
#include "cli/doctor/url.h"
#include "tests/fuzz/target.h"

namespace {

using refedge::cli::doctor::Page;
using refedge::cli::doctor::Snippet;
using refedge::fuzz::require;

void check_snippets(const Page& page) {
  for (const Snippet& snippet : refedge::cli::doctor::find_snippets(page)) {
    require(snippet.script < page.scripts.size());
    require(page.scripts[snippet.script].text.find("Buyapowa") != std::string::npos);
    for (const auto* value :
         {&snippet.url, &snippet.market, &snippet.container, &snippet.error, &snippet.campaign}) {
      require(value->text.empty() || (value->is_there && !value->is_code));
    }
  }
}

}  // namespace

REFEDGE_FUZZ_TARGET(doctor_page) {
  const Page page = refedge::cli::doctor::read_page(input);
  std::size_t length = 0;
  for (const auto& script : page.scripts) {
    require(!script.has_src || script.text.empty());
    length += script.text.size();
  }
  // A byte that is no UTF-8 can become two.
  require(length <= 2 * input.size());
  require(page.elements.size() <= refedge::cli::doctor::kMaxElements);
  check_snippets(page);
}

REFEDGE_FUZZ_TARGET(doctor_snippet) {
  Page page;
  page.scripts.emplace_back();
  page.scripts.back().text = "Buyapowa " + std::string(input);
  check_snippets(page);
  std::size_t length = 0;
  for (const auto& token : refedge::cli::doctor::read_tokens(input)) length += token.text.size();
  require(length <= input.size());
}

// The page's address, the policy, the address that it is asked about.
REFEDGE_FUZZ_TARGET(doctor_policy) {
  const auto fields = refedge::fuzz::split_fields(input);
  if (fields.size() != 3) return;
  const auto page = refedge::cli::doctor::parse_url(std::string(fields[0]));
  if (!page) return;
  require(page->scheme == "http" || page->scheme == "https");
  require(!page->host.empty() && refedge::cli::doctor::parse_url(page->origin()).has_value());
  const auto url = refedge::cli::doctor::resolve_url(*page, std::string(fields[2]));
  if (!url) return;
  for (const auto& policy : refedge::cli::doctor::read_policies(fields[1], *page)) {
    const refedge::cli::doctor::Script script;
    require(policy.allows_connection(*url) == policy.allows_connection(*url));
    static_cast<void>(policy.allows_script(script, *url));
    static_cast<void>(policy.allows_inline(script));
    static_cast<void>(policy.allows_frame(*url) && policy.allows_wasm() && policy.allows_ancestor(*url));
  }
}
