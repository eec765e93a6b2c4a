// Hexadecimal (RFC 4648 section 8), lower case on output.
#pragma once

#include <string>
#include <string_view>

#include "refedge/result.h"

namespace refedge {

// hex_encode writes two lower-case digits for each byte of `bytes`. Never fails.
[[nodiscard]] std::string hex_encode(std::string_view bytes);

// hex_decode accepts digits of either case. Errors: kInvalidHex for an odd length or another character.
[[nodiscard]] Result<std::string> hex_decode(std::string_view text);

}  // namespace refedge
