// UTF-8 validation (RFC 3629).
#pragma once

#include <string_view>

namespace refedge {

// is_valid_utf8 tells whether `text` is well-formed UTF-8: no overlong form, no surrogate, nothing
// above U+10FFFF, nothing cut short. The empty text is valid. Spec: RFC 3629 section 4.
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

}  // namespace refedge
