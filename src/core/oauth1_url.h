// The request URL as OAuth 1.0 signs it. Private to src/core.
#pragma once

#include <string>
#include <string_view>

#include "refedge/errc.h"

namespace refedge {

struct OauthUrl {
  std::string base;        // scheme, authority and path: the base string URI
  std::string_view query;  // without '?' and fragment
};

// split_oauth_url lowers scheme and host, drops the default port and gives an empty path its '/'.
// Answers kOk, kTooLong or kInvalidField. Spec: RFC 5849 section 3.4.1.2.
[[nodiscard]] Errc split_oauth_url(std::string_view url, OauthUrl& out);

}  // namespace refedge
