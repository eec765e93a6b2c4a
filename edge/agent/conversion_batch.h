// A batch of conversions as the origin takes it, and its answer. Spec: docs/protocol.md#conversion-intake.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "edge/spool/conversion_payload.h"

namespace refedge::edge {

inline constexpr std::size_t kMaxConversionsPerBatch = 100;
inline constexpr std::size_t kMaxConversionBatchBytes = 192 * 1024;  // of bodies; doubled by escapes at most

// write_conversion writes one conversion as a JSON object, as it stands in a batch. Its texts are UTF-8; the
// market is in the body.
[[nodiscard]] std::string write_conversion(const Conversion& conversion);

// write_conversion_batch writes {"conversions":[...]}.
[[nodiscard]] std::string write_conversion_batch(std::span<const Conversion> conversions);

// What became of one conversion.
struct ConversionResult {
  long status = 0;     // as POST /track answers: 200 or 201 kept, 422 refused
  std::string answer;  // JSON
};

// read_conversion_results reads {"results":[...]}; none unless it answers for each of `conversions`, in their
// order.
[[nodiscard]] std::optional<std::vector<ConversionResult>> read_conversion_results(
    std::string_view json, std::span<const Conversion> conversions);

}  // namespace refedge::edge
