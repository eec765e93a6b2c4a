// Content Security Policy, Level 3: whether it lets the page load and run what refedge needs.
// https://www.w3.org/TR/CSP3/.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/doctor/page.h"
#include "cli/doctor/url.h"

namespace refedge::cli::doctor {

class ContentPolicy {
 public:
  // `text` is one policy: directives with their sources. The first of two directives of one name counts.
  ContentPolicy(std::string_view text, Url page);

  // What may be done, by the directive that is in charge of it (script-src-elem, script-src, default-src). A
  // directive that is not there forbids nothing.
  [[nodiscard]] bool allows_script(const Script& script, const Url& url) const;
  [[nodiscard]] bool allows_inline(const Script& script) const;
  [[nodiscard]] bool allows_frame(const Url& url) const;
  [[nodiscard]] bool allows_connection(const Url& url) const;
  [[nodiscard]] bool allows_wasm() const;
  [[nodiscard]] bool allows_ancestor(const Url& url) const;  // frame-ancestors

 private:
  using Sources = std::vector<std::string>;
  using Names = std::vector<std::string_view>;

  [[nodiscard]] const Sources* in_charge(const Names& names) const;
  [[nodiscard]] bool allows_url(const Names& names, const Url& url) const;

  std::map<std::string, Sources, std::less<>> directives_;
  Url page_;
};

// read_policies splits a header's value, which may hold several policies.
[[nodiscard]] std::vector<ContentPolicy> read_policies(std::string_view header, const Url& page);

}  // namespace refedge::cli::doctor
