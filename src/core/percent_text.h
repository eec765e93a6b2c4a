// Percent-encoding into and out of a text that grows. Private to src/core.
#pragma once

#include <string>
#include <string_view>

#include "core/ascii.h"
#include "refedge/percent.h"

namespace refedge {

[[nodiscard]] constexpr bool is_unreserved(char c) noexcept { return is_url_safe(c) || c == '.' || c == '~'; }

// append_encoded appends percent_encode of `bytes`.
void append_encoded(std::string& out, std::string_view bytes);

// append_decoded appends percent_decode of `text`; false where that is an error.
[[nodiscard]] bool append_decoded(std::string& out, std::string_view text, PlusMeans plus);

}  // namespace refedge
