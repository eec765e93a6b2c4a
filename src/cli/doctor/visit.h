// One look at a page: what was fetched, what stands in it, and where its market answers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/doctor/fetch.h"
#include "cli/doctor/page.h"
#include "cli/doctor/policy.h"
#include "cli/doctor/snippet.h"
#include "cli/doctor/url.h"

namespace refedge::cli::doctor {

// A tag that loads the browser script.
struct ScriptTag {
  std::size_t place = 0;  // among the page's scripts
  Url url;
};

struct Visit {
  Url url;  // of the page, after redirects
  Response response;
  Page page;
  std::vector<Snippet> snippets;
  std::vector<ContentPolicy> policies;  // of the header and of the page
  std::vector<ScriptTag> tags;
  std::optional<Url> market;  // the snippet's url; without a snippet the host of the script

  [[nodiscard]] const Script& script_of(const ScriptTag& tag) const { return page.scripts[tag.place]; }
};

// make_visit reads a page that was fetched.
[[nodiscard]] Visit make_visit(Url url, Response response);

}  // namespace refedge::cli::doctor
