// Reading the flat fields of a track payload, once the core has found them valid.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "refedge/json_writer.h"

namespace refedge::origin {

// field_text returns the value of `key` as text; empty when it is absent or null.
[[nodiscard]] std::string_view field_text(std::span<const Field> fields, std::string_view key);

// voucher_codes_of returns voucher_code and the elements of voucher_codes, in this order.
// Precondition: validate_track accepts `fields`.
[[nodiscard]] std::vector<std::string> voucher_codes_of(std::span<const Field> fields);

}  // namespace refedge::origin
