#include "boundary.h"

#include <cstdlib>

#include "refedge/errc.h"

extern "C" {
extern unsigned char __data_end;  // made by the linker: the stack lies between the data and the heap
}

namespace refedge::wasm {
namespace {

uint8_t* input = nullptr;
size_t input_capacity = 0;
refedge_response response{};

void wipe_range(volatile uint8_t* begin, const volatile uint8_t* end) {
  while (begin < end) *begin++ = 0;
}

// Overwrites what calls have left below the stack pointer, where no live frame is but this one.
__attribute__((noinline)) void wipe_stack() {
  volatile uint8_t here = 0;
  wipe_range(&__data_end, &here);
}

}  // namespace

const refedge_response* run(Operation operation, uint32_t len) {
  if (len > input_capacity) {
    response = {static_cast<uint32_t>(Errc::kInvalidRecord), nullptr, 0};
  } else {
    operation(input, len, &response);
  }
  return &response;
}

}  // namespace refedge::wasm

using refedge::wasm::input;
using refedge::wasm::input_capacity;
using refedge::wasm::response;

extern "C" {

__attribute__((export_name("refedge_abi_version"), used)) uint32_t refedge_wasm_abi_version() {
  return refedge_abi_version();
}

// The address of an input area of `len` bytes; valid until the next reserve. A smaller one is not given back.
__attribute__((export_name("refedge_reserve"), used)) uint8_t* refedge_wasm_reserve(uint32_t len) {
  if (len <= input_capacity && input != nullptr) return input;
  std::free(input);
  input = static_cast<uint8_t*>(std::malloc(len));
  input_capacity = len;
  return input;
}

// Overwrites the input area, the response and the stack; what the core had on the heap is gone already (allocator.cc).
__attribute__((export_name("refedge_wipe"), used)) void refedge_wasm_wipe() {
  refedge_wipe();
  response = {};
  refedge::wasm::wipe_range(input, input + input_capacity);
  refedge::wasm::wipe_stack();
}

}  // extern "C"
