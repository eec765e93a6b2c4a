// Records: how lists of values cross the C ABI. Spec: docs/protocol.md#the-wasm-boundary.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refedge::capi {

// read_record splits a record into its fields, which point into `record`. The empty record has none.
// Nothing when a length reaches past the end or a length itself is cut short.
[[nodiscard]] std::optional<std::vector<std::string_view>> read_record(std::string_view record);

// append_record_field writes one field. Precondition: `field` is shorter than 4 GiB.
void append_record_field(std::string& record, std::string_view field);

}  // namespace refedge::capi
