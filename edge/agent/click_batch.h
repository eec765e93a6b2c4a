// A batch of clicks as the origin takes it. Spec: docs/protocol.md#click-intake.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "edge/spool/click_payload.h"

namespace refedge::edge {

inline constexpr std::size_t kMaxClicksPerBatch = 1000;

// write_click_batch writes {"clicks":[...]} of clicks that decode_click gave.
[[nodiscard]] std::string write_click_batch(std::span<const Click> clicks);

// write_click writes one click as a JSON object, as it stands in a batch.
[[nodiscard]] std::string write_click(const Click& click);

// acknowledges tells whether `body` is the origin's word that `count` clicks are durable: a JSON object whose
// `accepted` and `duplicates` add up to it. A 200 of something else in between must not delete clicks.
[[nodiscard]] bool acknowledges(std::string_view body, std::size_t count);

}  // namespace refedge::edge
