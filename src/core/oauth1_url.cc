#include "core/oauth1_url.h"

#include <cstddef>
#include <cstdint>

#include "core/ascii.h"
#include "core/decimal.h"
#include "core/take_until.h"
#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr std::int64_t kMaxPort = 65535;

bool is_visible(char c) noexcept { return c > ' ' && c < 0x7F; }

// Where the colon before the port stands, or where the authority ends; 0 when it is no authority. The colons
// of an IPv6 address stand in brackets.
std::size_t find_port(std::string_view authority) noexcept {
  const std::size_t after_address = authority.starts_with('[') ? authority.find(']') : 0;
  if (after_address == std::string_view::npos || authority.find('@') != std::string_view::npos) return 0;
  const std::size_t colon = authority.find(':', after_address);
  if (colon == std::string_view::npos) return authority.size();
  return parse_decimal(authority.substr(colon + 1), kMaxPort) ? colon : 0;
}

}  // namespace

Errc split_oauth_url(std::string_view url, OauthUrl& out) {
  if (url.size() > kMaxUrlLength) return Errc::kTooLong;
  if (!all_of(url, is_visible)) return Errc::kInvalidField;
  out.query = take_until(url, '#');
  std::string_view path = take_until(out.query, '?');
  std::string& base = out.base;
  base = take_until(path, '/');
  const bool has_slashes = take_until(path, '/').empty();
  const std::string_view authority = take_until(path, '/');
  const std::size_t colon = find_port(authority);
  base.append("//").append(authority);
  for (char& c : base) c = to_lower(c);
  const bool is_https = base.starts_with("https://");
  const bool has_scheme = is_https || base.starts_with("http://");
  if (!has_slashes || !has_scheme || colon == 0) return Errc::kInvalidField;
  const std::string_view port = authority.substr(colon);
  if (port == (is_https ? ":443" : ":80")) base.resize(base.size() - port.size());
  base.append(1, '/').append(path);
  return Errc::kOk;
}

}  // namespace refedge
