// Click ids without an allocation, for a redirect.
#pragma once

#include <array>
#include <cstdint>

#include "refedge/uuid_text.h"

namespace refedge {

using ClickIdText = UuidText;

// format_click_id gives the characters of make_click_id(unix_ms, random).
[[nodiscard]] ClickIdText format_click_id(std::uint64_t unix_ms,
                                          const std::array<std::uint8_t, 10>& random) noexcept;

}  // namespace refedge
