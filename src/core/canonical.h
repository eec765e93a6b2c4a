// The canonical string in both accepted forms. Private to src/core.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge {

// select_signed gives the signed fields in the order of their keys, and the secret after them; a signer may
// sort it among them. What write_checked makes of them holds the secret, and is wiped. Errors: those of
// build_canonical_string.
[[nodiscard]] Result<std::vector<Field>> select_signed(std::span<const Field> fields,
                                                       std::string_view signed_keys,
                                                       std::string_view secret_key);

}  // namespace refedge
