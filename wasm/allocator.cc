// The heap of the WebAssembly modules: blocks of powers of two, and a free list for each size. A block is overwritten with
// zeros when it is freed, so that no key and no personal datum outlives the call that used it, whatever part of the core held it.
// Compiled outside link-time optimisation and with -fno-builtin: clang otherwise takes malloc for the one it knows.
#include <cstddef>
#include <cstdint>

extern "C" {
extern unsigned char __heap_base;  // made by the linker: the first byte after data and stack
}

namespace {

constexpr std::size_t kPageSize = 65536;
constexpr std::size_t kHeaderSize = 16;  // keeps blocks aligned to 16
constexpr unsigned kMinClass = 5;        // 32 bytes
constexpr unsigned kMaxClass = 28;       // 256 MiB

struct Block {
  std::uint32_t size_class;
  Block* next;
};

Block* free_blocks[kMaxClass + 1];
std::uintptr_t heap_end = 0;

unsigned size_class_of(std::size_t size) {
  const std::size_t whole = size + kHeaderSize;
  if (whole <= (std::size_t{1} << kMinClass)) return kMinClass;
  return 32U - static_cast<unsigned>(__builtin_clz(static_cast<unsigned>(whole - 1)));
}

void reserve_memory(std::uintptr_t end) {
  const std::size_t have = __builtin_wasm_memory_size(0) * kPageSize;
  if (end <= have) return;
  const std::size_t pages = (end - have + kPageSize - 1) / kPageSize;
  if (__builtin_wasm_memory_grow(0, pages) == static_cast<std::size_t>(-1)) __builtin_trap();
}

Block* carve(unsigned size_class) {
  if (heap_end == 0) heap_end = (reinterpret_cast<std::uintptr_t>(&__heap_base) + 15) & ~std::uintptr_t{15};
  auto* block = reinterpret_cast<Block*>(heap_end);
  heap_end += std::size_t{1} << size_class;
  reserve_memory(heap_end);
  block->size_class = size_class;
  return block;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) {
  if (size > (std::size_t{1} << kMaxClass) - kHeaderSize) __builtin_trap();
  const unsigned size_class = size_class_of(size);
  Block* block = free_blocks[size_class];
  if (block != nullptr) {
    free_blocks[size_class] = block->next;
  } else {
    block = carve(size_class);
  }
  return reinterpret_cast<unsigned char*>(block) + kHeaderSize;
}

void free(void* pointer) {
  if (pointer == nullptr) return;
  auto* bytes = static_cast<unsigned char*>(pointer);
  auto* block = reinterpret_cast<Block*>(bytes - kHeaderSize);
  const std::size_t len = (std::size_t{1} << block->size_class) - kHeaderSize;
  for (std::size_t i = 0; i < len; i += sizeof(std::uint64_t)) {
    *reinterpret_cast<volatile std::uint64_t*>(bytes + i) = 0;
  }
  block->next = free_blocks[block->size_class];
  free_blocks[block->size_class] = block;
}

// What abort comes down to. The C library's own asks the host to end the process, which would be an import.
[[noreturn]] void _Exit(int) { __builtin_trap(); }

}  // extern "C"

void* operator new(std::size_t size) { return malloc(size); }
void* operator new[](std::size_t size) { return malloc(size); }
void operator delete(void* pointer) noexcept { free(pointer); }
void operator delete[](void* pointer) noexcept { free(pointer); }
void operator delete(void* pointer, std::size_t) noexcept { free(pointer); }
void operator delete[](void* pointer, std::size_t) noexcept { free(pointer); }
