// What the exported functions share: the input area and the response. Spec: docs/protocol.md#the-wasm-boundary.
#pragma once

#include <cstddef>
#include <cstdint>

#include "capi/operation.h"

namespace refedge::wasm {

// run calls the operation with the first `len` bytes of the input area and returns the response, which stands where it is
// until the next call. A `len` beyond what was reserved is answered as an operation answers a record that does not add up.
const refedge_response* run(const capi::OperationSpec& spec, uint32_t len);

}  // namespace refedge::wasm

// REFEDGE_EXPORT(name) exports the C ABI's refedge_<name> under that name, in the form of the WASM boundary.
#define REFEDGE_EXPORT(name)                                                                  \
  namespace refedge::capi {                                                                   \
  extern const OperationSpec name##_spec;                                                     \
  }                                                                                           \
  extern "C" __attribute__((export_name("refedge_" #name), used)) const refedge_response*     \
      refedge_wasm_##name(uint32_t len) {                                                     \
    return refedge::wasm::run(refedge::capi::name##_spec, len);                               \
  }
