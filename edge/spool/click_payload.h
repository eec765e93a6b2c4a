// A click as it stands in the spool. Spec: docs/protocol.md#spool.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "refedge/result.h"
#include "refedge/visit.h"

namespace refedge::edge {

struct Click {
  std::string_view click_id;   // the 36 characters of a click id
  std::string_view code;       // a share-link code
  std::string_view market_id;  // the 36 characters of a market id
  std::uint64_t at_ms = 0;     // Unix milliseconds
  VisitVerdict verdict = VisitVerdict::kHuman;
};

// Enough for every valid click: version, kind, five lengths, two ids, a code, 20 digits, a verdict's name.
inline constexpr std::size_t kMaxClickPayload = 2 + 5 * 2 + 2 * 36 + 32 + 20 + 16;

// encode_click writes the payload of `click` into `out` and returns its length. It allocates nothing.
// Errors: kTooLong (field "click") when `out` is too small.
[[nodiscard]] Result<std::size_t> encode_click(const Click& click, std::span<char> out);

// decode_click reads a payload; the views point into it. The ids and the code are checked, so that a click that
// decodes is one that the origin's intake accepts.
// Errors: kUnsupportedVersion; kInvalidRecord (cut short, bytes left over, or another kind); kInvalidField (field
// "click_id", "code", "market_id", "at_ms" or "verdict").
[[nodiscard]] Result<Click> decode_click(std::string_view payload);

}  // namespace refedge::edge
