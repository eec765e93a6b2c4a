// The modules' memory for one call. Spec: docs/decisions/0011-wasm-heap.md.
#pragma once

#include <cstddef>
#include <cstdint>

namespace refedge::wasm {

constexpr std::size_t kMaxArenaBytes = std::size_t{256} << 20;

// The first byte that can be given out.
[[nodiscard]] unsigned char* arena_begin() noexcept;

// arena_take gives `size` bytes, aligned to 8; traps over kMaxArenaBytes and when the host has no memory left.
[[nodiscard]] void* arena_take(std::size_t size);

// arena_reset takes back all that was given out from `begin` on. What stands before it is wiped too, next time.
void arena_reset(unsigned char* begin) noexcept;

// arena_wipe overwrites with zeros all that was ever given out since the last wipe.
void arena_wipe() noexcept;

}  // namespace refedge::wasm
