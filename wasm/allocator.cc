// The heap of the WebAssembly modules: an arena that is empty again at each call. Freeing does nothing, so that the compiler
// drops every destructor; whatever part of the core held it, one fill overwrites all that a call had.
#include "arena.h"

#include <new>

extern "C" {
extern unsigned char __heap_base;  // made by the linker: the first byte after data and stack
}

namespace refedge::wasm {
namespace {

constexpr std::uintptr_t kPageSize = 65536;
constexpr std::uintptr_t kAlignment = 8;  // of what is allocated: nothing in the core asks for more

unsigned char* top = &__heap_base;
unsigned char* highest = &__heap_base;  // since the last wipe

void grow_memory(std::uintptr_t end) {
  const std::uintptr_t have = __builtin_wasm_memory_size(0) * kPageSize;
  if (end <= have) return;
  const std::uintptr_t pages = (end - have + kPageSize - 1) / kPageSize;
  if (__builtin_wasm_memory_grow(0, pages) == static_cast<std::size_t>(-1)) __builtin_trap();
}

}  // namespace

unsigned char* arena_begin() noexcept {
  const auto base = reinterpret_cast<std::uintptr_t>(&__heap_base);
  return reinterpret_cast<unsigned char*>((base + kAlignment - 1) & ~(kAlignment - 1));
}

void* arena_take(std::size_t size) {
  if (size > kMaxArenaBytes) __builtin_trap();
  unsigned char* const block = top;
  top += (size + kAlignment - 1) & ~(kAlignment - 1);
  grow_memory(reinterpret_cast<std::uintptr_t>(top));
  if (top > highest) highest = top;
  return block;
}

void arena_reset(unsigned char* begin) noexcept {
  top = begin;
  if (top > highest) highest = top;
}

void arena_wipe() noexcept {
  unsigned char* const begin = arena_begin();
  __builtin_memset(begin, 0, static_cast<std::size_t>(highest - begin));
  highest = begin;
}

}  // namespace refedge::wasm

void* operator new(std::size_t size) { return refedge::wasm::arena_take(size); }
void* operator new[](std::size_t size) { return refedge::wasm::arena_take(size); }

extern "C" {

// What abort comes down to. The C library's own asks the host to end the process, which would be an import.
void _Exit(int) { __builtin_trap(); }

// Crypto++ allocates by these; nothing else does.
void* malloc(std::size_t size) { return refedge::wasm::arena_take(size); }
void free(void*) {}

}  // extern "C"
