// The snippets in a page's inline scripts, read without running them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/doctor/page.h"

namespace refedge::cli::doctor {

// A value in a snippet: a literal, something that only the page's own code knows, or absent.
struct Value {
  bool is_there = false;
  bool is_code = false;
  std::string text;  // of a literal

  [[nodiscard]] bool is_missing() const { return !is_there || (!is_code && text.empty()); }
};

// new Buyapowa({url: …, market: …}, "container", "error"), and what is called in the same script.
struct Snippet {
  std::size_t script = 0;    // its place among the page's scripts
  bool runs_at_once = true;  // else in a function, or a module: it may well run after what follows it
  Value url;
  Value market;
  Value container;
  Value error;
  bool embeds = false;
  bool tracks = false;
  Value campaign;                // of embedReferAFriend
  bool has_placeholder = false;  // a {{name}} or <name> of the manual was left in
};

inline constexpr std::size_t kMaxSnippets = 16;

// find_snippets gives the first kMaxSnippets.
[[nodiscard]] std::vector<Snippet> find_snippets(const Page& page);

}  // namespace refedge::cli::doctor
