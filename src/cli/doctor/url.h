// The addresses that a page names, as a browser reads them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace refedge::cli::doctor {

// An absolute http or https URL. `host` is in lower case, `port` always there ("443" where the URL has none).
struct Url {
  std::string text;
  std::string scheme;
  std::string host;
  std::string port;
  std::string path;  // without the query

  // origin is what a browser sends as Origin: the port stands in it only when it is not the scheme's own.
  [[nodiscard]] std::string origin() const;
};

// parse_url reads an absolute URL. nullopt for any other text, another scheme, and URLs with a user.
[[nodiscard]] std::optional<Url> parse_url(const std::string& text);

// resolve_url reads `text` as it stands in a page of the address `base`.
[[nodiscard]] std::optional<Url> resolve_url(const Url& base, const std::string& text);

}  // namespace refedge::cli::doctor
