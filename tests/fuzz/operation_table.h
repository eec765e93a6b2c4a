// The operations of the C ABI by name, as wasm/exports.json declares them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "refedge/c_api.h"

namespace refedge::fuzz {

struct NamedOperation {
  std::string_view name;
  void (*run)(const std::uint8_t* record, std::size_t len, refedge_response* out);
};

[[nodiscard]] std::span<const NamedOperation> operations();

}  // namespace refedge::fuzz
