// Base64 in the standard and the URL-safe alphabet (RFC 4648 sections 4 and 5).
#pragma once

#include <string>
#include <string_view>

#include "refedge/result.h"

namespace refedge {

// base64_encode writes `bytes` in the standard alphabet with padding and no line breaks:
// 4 * ceil(n / 3) characters. Never fails. Example: "foob" -> "Zm9vYg==".
[[nodiscard]] std::string base64_encode(std::string_view bytes);

// base64url_encode writes `bytes` in the URL-safe alphabet without padding.
[[nodiscard]] std::string base64url_encode(std::string_view bytes);

// base64_decode accepts what senders of `bp_e` really send: either alphabet, mixed too; padding
// present or missing; CR, LF, tab and space anywhere (they are skipped).
// Errors: kInvalidBase64 for any other character, data after padding, a single trailing
// character, wrong padding, or trailing bits that are not zero (RFC 4648 section 3.5).
[[nodiscard]] Result<std::string> base64_decode(std::string_view text);

}  // namespace refedge
