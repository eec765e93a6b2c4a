#include "edge/visit/registrable_domain.h"

#include <libpsl.h>

#include <algorithm>

namespace refedge::edge {
namespace {

constexpr std::size_t kMaxHostLength = 253;
constexpr std::size_t kMaxLabelLength = 63;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_label_character(char c) noexcept { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_'; }

bool is_label(std::string_view label) noexcept {
  return !label.empty() && label.size() <= kMaxLabelLength &&
         std::all_of(label.begin(), label.end(), is_label_character);
}

// A host whose last label is a number is an IPv4 address in one of its spellings (WHATWG URL section 3.5).
bool is_host_name(std::string_view host) noexcept {
  if (host.empty() || host.size() > kMaxHostLength) return false;
  std::string_view label;
  while (!host.empty()) {
    label = host.substr(0, host.find('.'));
    if (!is_label(label)) return false;
    host.remove_prefix(label.size());
    if (host == ".") return false;
    if (!host.empty()) host.remove_prefix(1);
  }
  return !std::all_of(label.begin(), label.end(), is_digit) && !label.starts_with("0x");
}

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

std::string registrable_domain(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.size() > kMaxHostLength) return {};
  std::string name(host);
  std::transform(name.begin(), name.end(), name.begin(), lower);
  if (!is_host_name(name)) return {};
  const char* domain = psl_registrable_domain(psl_builtin(), name.c_str());
  return domain == nullptr ? std::string() : std::string(domain);
}

}  // namespace refedge::edge
