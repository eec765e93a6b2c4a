// The parameters that OAuth 1.0 signs, normalised. Private to src/core.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "refedge/errc.h"
#include "refedge/oauth1.h"

namespace refedge {

// Encoded `name!value`, sorted: '!' stands below every character that percent-encoding leaves, so that these
// texts are in the order of their names, then of their values.
using OauthPairs = std::vector<std::string>;

void append_pair(OauthPairs& pairs, const OauthParam& param);

// append_form_pairs reads `a=1&b=2`, percent-encoded and with '+' for space. Answers kOk, or kTooMany over
// kMaxOauthParams in this text, kInvalidPercentEncoding, kDuplicateField for a name that starts with
// "oauth_".
[[nodiscard]] Errc append_form_pairs(OauthPairs& pairs, std::string_view text);

// join_pairs writes `name=value&name=value`. Spec: RFC 5849 section 3.4.1.3.2.
[[nodiscard]] std::string join_pairs(const OauthPairs& pairs);

}  // namespace refedge
