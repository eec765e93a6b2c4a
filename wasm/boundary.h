// What a module is made of besides its operations. Spec: docs/protocol.md#the-wasm-boundary.
#pragma once

#include <cstddef>
#include <cstdint>

#include "capi/operation.h"

namespace refedge::wasm {

// The module's operations, each at the number that wasm/exports.json declares; null where the module has none.
extern const capi::OperationSpec* const kOperations[];
extern const uint32_t kNumOperations;

}  // namespace refedge::wasm
