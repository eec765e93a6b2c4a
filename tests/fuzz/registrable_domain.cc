// The domain of a cookie: a part of the host that was asked, in characters that a header may hold.
#include "edge/visit/registrable_domain.h"

#include <algorithm>
#include <string>

#include "tests/fuzz/target.h"

namespace {

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

std::string to_lower(std::string_view host) {
  std::string text(host);
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

REFEDGE_FUZZ_TARGET(registrable_domain) {
  using refedge::fuzz::require;
  const std::string domain = refedge::edge::registrable_domain(input);
  if (domain.empty()) return;
  require(std::all_of(domain.begin(), domain.end(), is_host_character));
  const std::string host = to_lower(input);
  require(host == domain || host.ends_with("." + domain));
  require(refedge::edge::registrable_domain(domain) == domain);
}
