// Protocol parameters of OAuth 1.0: how they are read, and their rules. Private to src/core.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "refedge/oauth1.h"
#include "refedge/result.h"

namespace refedge {

inline constexpr char kOauthScheme[] = "OAuth ";
inline constexpr char kOauthPrefix[] = "oauth_";
inline constexpr char kOauthSignature[] = "oauth_signature";
inline constexpr char kOauthMethod[] = "HMAC-SHA1";
inline constexpr char kOauthVersion[] = "1.0";

// find_param gives the value of the parameter called `name`, or null.
[[nodiscard]] const std::string* find_param(const std::vector<OauthParam>& params, const char* name) noexcept;

// read_oauth_header reads the parameters of an Authorization header and applies their rules, but for the
// signature's presence, which a signer has yet to make. Errors: those of parse_oauth_authorization.
[[nodiscard]] Result<OauthAuthorization> read_oauth_header(std::string_view header);

// check_oauth_params applies those rules. Errors: those of parse_oauth_authorization that name a protocol
// parameter.
[[nodiscard]] Result<Verified> check_oauth_params(const std::vector<OauthParam>& params);

}  // namespace refedge
