#include "core/oauth1_url.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/ascii.h"
#include "core/decimal.h"
#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr std::int64_t kMaxPort = 65535;

struct Scheme {
  std::string_view prefix;
  std::string_view default_port;
};

constexpr std::array<Scheme, 2> kSchemes = {{{"http://", "80"}, {"https://", "443"}}};

bool is_visible(char c) noexcept { return c > ' ' && c < 0x7F; }

std::string to_lower_text(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), to_lower);
  return out;
}

const Scheme* find_scheme(std::string_view url) {
  for (const Scheme& scheme : kSchemes) {
    if (to_lower_text(url.substr(0, scheme.prefix.size())) == scheme.prefix) return &scheme;
  }
  return nullptr;
}

// The authority as it is signed; nothing when it is none. The colons of an IPv6 address stand in brackets.
std::optional<std::string> normalise_authority(std::string_view authority, const Scheme& scheme) {
  const std::size_t after_address = authority.starts_with('[') ? authority.find(']') : 0;
  if (after_address == std::string_view::npos || authority.find('@') != std::string_view::npos)
    return std::nullopt;
  const std::size_t colon = authority.find(':', after_address);
  std::string host = to_lower_text(authority.substr(0, colon));
  if (host.empty()) return std::nullopt;
  if (colon == std::string_view::npos) return host;
  const std::string_view port = authority.substr(colon + 1);
  if (!parse_decimal(port, kMaxPort)) return std::nullopt;
  if (port != scheme.default_port) host.append(1, ':').append(port);
  return host;
}

}  // namespace

Result<OauthUrl> split_oauth_url(std::string_view url) {
  if (url.size() > kMaxUrlLength) return {Errc::kTooLong, "url"};
  const Scheme* scheme = find_scheme(url);
  if (scheme == nullptr || !all_of(url, is_visible)) return {Errc::kInvalidField, "url"};
  std::string_view rest = url.substr(scheme->prefix.size());
  rest = rest.substr(0, rest.find('#'));
  const std::size_t question = std::min(rest.find('?'), rest.size());
  const std::size_t slash = std::min(rest.find('/'), question);
  const auto authority = normalise_authority(rest.substr(0, slash), *scheme);
  if (!authority) return {Errc::kInvalidField, "url"};
  OauthUrl out;
  out.base.append(scheme->prefix).append(*authority);
  out.base.append(slash == question ? "/" : rest.substr(slash, question - slash));
  out.query = rest.substr(std::min(question + 1, rest.size()));
  return out;
}

}  // namespace refedge
