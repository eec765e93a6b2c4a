// Protocol parameters of OAuth 1.0: how they are read, and their rules. Private to src/core.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "refedge/oauth1.h"
#include "refedge/result.h"

namespace refedge {

inline constexpr std::string_view kOauthScheme = "OAuth ";
inline constexpr std::string_view kOauthPrefix = "oauth_";
inline constexpr std::string_view kOauthSignature = "oauth_signature";
inline constexpr std::string_view kOauthMethod = "HMAC-SHA1";
inline constexpr std::string_view kOauthVersion = "1.0";

// find_param gives the value of the parameter called `name`, or the empty text.
[[nodiscard]] std::string_view find_param(const std::vector<OauthParam>& params,
                                          std::string_view name) noexcept;

// read_oauth_params reads the parameters of an Authorization header, without rules for any of them.
// Errors: those of parse_oauth_authorization with the field "authorization".
[[nodiscard]] Result<std::vector<OauthParam>> read_oauth_params(std::string_view header);

// check_oauth_params applies the rules of the protocol parameters, but for the signature's presence, which a
// signer has yet to make. Errors: those of parse_oauth_authorization that name a protocol parameter.
[[nodiscard]] Result<Verified> check_oauth_params(const std::vector<OauthParam>& params);

}  // namespace refedge
