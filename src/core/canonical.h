// The canonical string in both accepted forms. Private to src/core.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge {

// select_signed gives the signed fields in the order of their keys, and the secret after them; a signer may
// sort it among them. Errors: those of build_canonical_string.
[[nodiscard]] Result<std::vector<Field>> select_signed(std::span<const Field> fields,
                                                       std::string_view signed_keys,
                                                       std::string_view secret_key);

// write_canonical writes what select_signed has selected. The result holds the secret: the caller wipes it.
// No other copy is left behind.
[[nodiscard]] std::string write_canonical(std::span<const Field> fields);

}  // namespace refedge
