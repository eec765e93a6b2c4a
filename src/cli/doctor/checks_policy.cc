// What a Content-Security-Policy would block. All policies of a page must allow a thing.
#include <algorithm>
#include <string>

#include "cli/doctor/checks.h"

namespace refedge::cli::doctor {
namespace {

template <typename Allows>
bool is_blocked(const Visit& visit, const Allows& allows) {
  return !std::all_of(visit.policies.begin(), visit.policies.end(), allows);
}

void check_tags(const Visit& visit, Report& report) {
  for (const ScriptTag& tag : visit.tags) {
    const Script& script = visit.script_of(tag);
    if (!is_blocked(visit,
                    [&](const ContentPolicy& policy) { return policy.allows_script(script, tag.url); }))
      continue;
    report.problem("csp_script", "The Content-Security-Policy blocks the script.",
                   "Add " + tag.url.origin() + " to script-src, or give the tag the policy's nonce.");
    return;
  }
}

void check_inline(const Visit& visit, Report& report) {
  for (const Snippet& snippet : visit.snippets) {
    const Script& script = visit.page.scripts[snippet.script];
    if (!is_blocked(visit, [&](const ContentPolicy& policy) { return policy.allows_inline(script); }))
      continue;
    report.problem("csp_inline", "The Content-Security-Policy blocks the snippet.",
                   "Give the snippet's <script> the policy's nonce, or move it into a file.");
    return;
  }
}

void check_market(const Visit& visit, Report& report) {
  const Url& market = *visit.market;
  const bool has_embed = std::any_of(visit.snippets.begin(), visit.snippets.end(),
                                     [](const Snippet& snippet) { return snippet.embeds; });
  if (has_embed &&
      is_blocked(visit, [&](const ContentPolicy& policy) { return policy.allows_frame(market); })) {
    report.problem("csp_frame", "The Content-Security-Policy blocks the campaign's frame.",
                   "Add " + market.origin() + " to frame-src.");
  }
  if (is_blocked(visit, [&](const ContentPolicy& policy) { return policy.allows_connection(market); })) {
    report.problem("csp_connect", "The Content-Security-Policy blocks orders and the script's own files.",
                   "Add " + market.origin() + " to connect-src.");
  }
}

}  // namespace

void check_policies(const Visit& visit, Report& report) {
  check_tags(visit, report);
  check_inline(visit, report);
  if (visit.market) check_market(visit, report);
  if (is_blocked(visit, [](const ContentPolicy& policy) { return policy.allows_wasm(); })) {
    report.note(
        "csp_wasm",
        "The Content-Security-Policy refuses WebAssembly: a larger JavaScript file is loaded instead.",
        "Add 'wasm-unsafe-eval' to script-src; without it everything works, too.");
  }
}

}  // namespace refedge::cli::doctor
