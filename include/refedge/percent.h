// Percent-encoding of URL components (RFC 3986 section 2.1).
#pragma once

#include <string>
#include <string_view>

#include "refedge/result.h"

namespace refedge {

// percent_encode encodes `bytes` (any bytes) as a URL component: everything but the unreserved
// characters A-Z a-z 0-9 - . _ ~ becomes %XX with upper-case hex. Never fails.
// Spec: RFC 3986 sections 2.1 and 2.3. Example: "a+b" -> "a%2Bb".
[[nodiscard]] std::string percent_encode(std::string_view bytes);

enum class PlusMeans { kPlus, kSpace };  // kSpace: application/x-www-form-urlencoded

// percent_decode replaces %XX (hex of either case) by its byte. Any other byte is kept.
// Errors: kInvalidPercentEncoding when '%' is not followed by two hex digits.
// The result is bytes: it may be invalid UTF-8. Spec: RFC 3986 section 2.1.
[[nodiscard]] Result<std::string> percent_decode(std::string_view text,
                                                 PlusMeans plus = PlusMeans::kPlus);

}  // namespace refedge
