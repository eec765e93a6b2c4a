#include "edge/visit/page_site.h"

#include <algorithm>
#include <string>

#include "edge/visit/registrable_domain.h"

namespace refedge::edge {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lowered(std::string_view text) {
  std::string name(text);
  std::transform(name.begin(), name.end(), name.begin(), lower);
  return name;
}

bool is_address(std::string_view host) noexcept {
  return host.starts_with('[') || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::string_view authority_of(std::string_view page_origin) noexcept {
  for (const std::string_view scheme : {"https://", "http://"})
    if (page_origin.starts_with(scheme)) return page_origin.substr(scheme.size());
  return {};
}

}  // namespace

bool is_page_of_site(std::string_view page_origin, std::string_view host) {
  const std::string_view authority = authority_of(page_origin);
  if (authority.empty() || authority.find_first_of("/@?# \t\"'<>\\") != std::string_view::npos) return false;
  const std::size_t port_from = authority.starts_with('[') ? authority.find(']') : 0;
  const std::string page = lowered(authority.substr(0, authority.find(':', port_from)));
  std::string site = registrable_domain(host);
  if (site.empty()) site = lowered(host);
  if (page == site) return true;
  return !site.empty() && !is_address(page) && page.ends_with("." + site);
}

}  // namespace refedge::edge
