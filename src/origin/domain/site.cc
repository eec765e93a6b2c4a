#include "origin/domain/site.h"

#include <libpsl.h>

#include <array>
#include <cstddef>

namespace refedge::origin {
namespace {

// The system's list when it is newer than the one that is compiled into libpsl; loaded once.
const psl_ctx_t* suffix_list() {
  static const psl_ctx_t* const kList = psl_latest(nullptr);
  return kList;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_address(std::string_view host) {
  return host.starts_with('[') || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool is_host_text(std::string_view text) {
  return text.find_first_of("/@?# \t\"'<>\\") == std::string_view::npos;
}

std::string_view after_scheme(std::string_view page_origin) {
  constexpr std::array<std::string_view, 2> kSchemes = {"https://", "http://"};
  for (const std::string_view scheme : kSchemes) {
    if (page_origin.starts_with(scheme)) return page_origin.substr(scheme.size());
  }
  return {};
}

}  // namespace

std::string host_of(std::string_view authority) {
  const std::size_t from = authority.starts_with('[') ? authority.find(']') : 0;
  std::string host(authority.substr(0, authority.find(':', from)));
  for (char& c : host) c = lower(c);
  return host;
}

std::string registrable_domain(std::string_view host) {
  const std::string name(host);
  if (is_address(host)) return name;
  const char* domain = psl_registrable_domain(suffix_list(), name.c_str());
  return domain == nullptr ? name : domain;
}

bool is_of_site(std::string_view page_origin, std::string_view market_domain) {
  const std::string_view authority = after_scheme(page_origin);
  if (authority.empty() || !is_host_text(authority)) return false;
  const std::string host = host_of(authority);
  const std::string domain = registrable_domain(host_of(market_domain));
  if (host == domain) return true;
  return !is_address(host) && host.ends_with("." + domain);
}

}  // namespace refedge::origin
