// What the doctor reads in a page's HTML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace refedge::cli::doctor {

// A page with more elements, or deeper ones, is read up to there: a page is a stranger's.
inline constexpr std::size_t kMaxElements = 50'000;
inline constexpr std::size_t kMaxDepth = 1'000;

struct Script {
  bool has_src = false;
  std::string src;
  std::string text;  // of an inline script
  std::string integrity;
  std::string nonce;
  std::string files;  // data-files: what the names of the files beside the script begin with
  bool has_crossorigin = false;
  bool is_late = false;  // async, defer or a module: it runs after the inline scripts that follow it
};

struct Element {
  std::string id;
  bool is_hidden = false;  // by its own style or attribute
};

// In the order of the document.
struct Page {
  std::vector<Script> scripts;
  std::vector<Element> elements;      // those that have an id
  std::vector<std::string> og_urls;   // <meta property="og:url">
  std::vector<std::string> policies;  // <meta http-equiv="Content-Security-Policy">
  std::string base;                   // the first <base href>
  bool is_cut = false;                // a limit was met; what follows was not read
};

// read_page reads HTML as forgivingly as browsers do: it never fails.
[[nodiscard]] Page read_page(std::string_view html);

}  // namespace refedge::cli::doctor
