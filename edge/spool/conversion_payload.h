// A conversion as it stands in the spool: an order that came while the origin was away.
// Spec: docs/protocol.md#spool.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "refedge/result.h"

namespace refedge::edge {

inline constexpr std::size_t kMaxConversionBody = 64 * 1024;  // what the origin takes at /track
inline constexpr std::size_t kMaxContentType = 128;
inline constexpr std::size_t kMaxAttribution = 256;

struct Conversion {
  std::string_view conversion_id;  // the 36 characters of a click id, fresh
  std::string_view market;         // as the order names it: a slug or a market id
  std::uint64_t at_ms = 0;         // Unix milliseconds of its arrival
  std::string_view content_type;   // of the request, or empty
  std::string_view attribution;    // the `_refedge` cookie whose tag held, or empty
  std::string_view body;           // the request's body
};

// encode_conversion writes the payload of `conversion`.
// Errors: kTooLong (field "market" over kMaxSlugLength, "content_type", "attribution" or "body").
[[nodiscard]] Result<std::string> encode_conversion(const Conversion& conversion);

// is_conversion tells whether a payload says that it is of this kind, so that decode_conversion is to be
// asked.
[[nodiscard]] bool is_conversion(std::string_view payload) noexcept;

// decode_conversion reads a payload; the views point into it.
// Errors: kUnsupportedVersion; kInvalidRecord (cut short, or another kind); kInvalidField (field
// "conversion_id" or "at_ms"); those of encode_conversion.
[[nodiscard]] Result<Conversion> decode_conversion(std::string_view payload);

}  // namespace refedge::edge
