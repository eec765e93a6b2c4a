// The canonical string in both accepted forms. Private to src/core.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge {

enum class SecretPlace {
  kLast,    // what build_canonical_string writes
  kSorted,  // among the keys, in byte order
};

// write_canonical_string is build_canonical_string with a choice of form. The result holds the secret:
// the caller wipes it. No other copy is left behind.
[[nodiscard]] Result<std::string> write_canonical_string(std::span<const Field> fields,
                                                         std::string_view signed_keys,
                                                         std::string_view secret_key, SecretPlace place);

}  // namespace refedge
