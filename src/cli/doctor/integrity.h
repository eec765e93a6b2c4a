// Subresource integrity: https://www.w3.org/TR/SRI/.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "cli/doctor/fetch.h"

namespace refedge::cli::doctor {

// integrity_hashes gives "sha256-…", "sha384-…" and "sha512-…" of `bytes`, as attributes and policies write
// them.
[[nodiscard]] std::array<std::string, 3> integrity_hashes(std::string_view bytes);

// fits_integrity tells whether `bytes` are what an integrity attribute allows: one of the hashes of its
// strongest algorithm. An attribute without a hash that is known allows anything, as in browsers.
[[nodiscard]] bool fits_integrity(std::string_view bytes, std::string_view integrity);

// By file name. Empty for an answer that is no integrity.json.
using Hashes = std::map<std::string, std::string>;
[[nodiscard]] Hashes read_hashes(const Response& response);

}  // namespace refedge::cli::doctor
