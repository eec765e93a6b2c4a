// A check of the one array that a track payload may hold. Private to src/core.
#pragma once

#include <cstddef>
#include <string_view>

#include "refedge/errc.h"

namespace refedge {

// check_string_array tells whether `json` is a compact JSON array of at most `max_items` strings of 1 to
// `max_item_length` bytes without an escape: no voucher code holds a quote, a backslash or a control.
// Returns kOk, kInvalidField, kTooMany or kTooLong.
[[nodiscard]] Errc check_string_array(std::string_view json, std::size_t max_items,
                                      std::size_t max_item_length) noexcept;

}  // namespace refedge
