// Protocol parameters of OAuth 1.0: their names, their rules, and how they are read. Private to src/core.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "refedge/oauth1.h"
#include "refedge/result.h"

namespace refedge {

inline constexpr std::string_view kOauthPrefix = "oauth_";
inline constexpr std::string_view kOauthSignature = "oauth_signature";
inline constexpr std::string_view kOauthMethod = "HMAC-SHA1";
inline constexpr std::string_view kOauthVersion = "1.0";

// find_param gives the value of the first parameter called `name`, or the empty text.
[[nodiscard]] std::string_view find_param(const std::vector<OauthParam>& params, std::string_view name) noexcept;

// check_oauth_params applies the rules of the protocol parameters, but for the signature's presence, which a signer has
// yet to make. Errors: those of parse_oauth_authorization that name a protocol parameter; kInvalidUtf8.
[[nodiscard]] Result<Verified> check_oauth_params(const std::vector<OauthParam>& params);

// append_form_params reads `a=1&b=2`, percent-encoded and with '+' for space, and appends the parameters to `params`.
// Errors (field = `field`): those of build_oauth_base_string.
[[nodiscard]] Result<Verified> append_form_params(std::vector<OauthParam>& params, std::string_view text,
                                                  const char* field);

}  // namespace refedge
