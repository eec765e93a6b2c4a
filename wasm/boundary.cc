#include "boundary.h"

#include "arena.h"
#include "refedge/errc.h"

extern "C" {
extern unsigned char __data_end;  // made by the linker: the stack lies between the data and the heap
}

namespace refedge::wasm {
namespace {

uint8_t* input = nullptr;
uint32_t input_capacity = 0;
refedge_response response{};

// Overwrites what calls have left below the stack pointer, where no live frame is but this one.
__attribute__((noinline)) void wipe_stack() {
  volatile uint8_t here = 0;
  __builtin_memset(&__data_end, 0, static_cast<size_t>(const_cast<uint8_t*>(&here) - &__data_end));
}

}  // namespace
}  // namespace refedge::wasm

using refedge::wasm::input;
using refedge::wasm::input_capacity;
using refedge::wasm::response;

extern "C" {

__attribute__((export_name("refedge_abi_version"), used)) uint32_t refedge_wasm_abi_version() {
  return refedge_abi_version();
}

// The address of an input area of `len` bytes; valid until the next reserve.
__attribute__((export_name("refedge_reserve"), used)) uint8_t* refedge_wasm_reserve(uint32_t len) {
  refedge::wasm::arena_reset(refedge::wasm::arena_begin());
  input_capacity = (len + 7) & ~uint32_t{7};
  input = static_cast<uint8_t*>(refedge::wasm::arena_take(input_capacity));
  return input;
}

// Runs an operation with the first `len` bytes of the input area and gives the response, which stands where it is until the
// next call; null when the module has no such operation. A `len` beyond what was reserved is answered as a record is that does
// not add up.
__attribute__((export_name("refedge_call"), used)) const refedge_response* refedge_wasm_call(uint32_t number, uint32_t len) {
  using refedge::wasm::kOperations;
  if (number >= refedge::wasm::kNumOperations || kOperations[number] == nullptr) return nullptr;
  refedge::wasm::arena_reset(input + input_capacity);
  if (len > input_capacity) {
    response = {static_cast<uint32_t>(refedge::Errc::kInvalidRecord), nullptr, 0};
  } else {
    refedge::capi::run_operation(*kOperations[number], input, len, &response);
  }
  return &response;
}

// Overwrites the input area, what the last call had, the response and the stack.
__attribute__((export_name("refedge_wipe"), used)) void refedge_wasm_wipe() {
  refedge_wipe();
  response = {};
  refedge::wasm::arena_wipe();
  refedge::wasm::wipe_stack();
}

}  // extern "C"
