// The C library's block operations for the module of a server, where speed counts more than size. An instruction of bulk memory is a call
// into the engine: short blocks, which most are, are copied by two loads that overlap. Compiled outside link-time optimisation, as allocator.cc is.
#include <cstddef>
#include <cstdint>

namespace {

using Bytes = std::uint8_t __attribute__((vector_size(16)));
using Halves = std::uint64_t __attribute__((vector_size(16)));

template <class Value>
Value load(const char* from) noexcept {
  Value value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}

template <class Value>
void store(char* to, Value value) noexcept {
  __builtin_memcpy(to, &value, sizeof value);
}

// Blocks of one to two Values. Both are loaded before one is stored: the blocks may overlap.
template <class Value>
void move_ends(char* to, const char* from, std::size_t len) noexcept {
  const auto first = load<Value>(from);
  const auto last = load<Value>(from + len - sizeof(Value));
  store(to, first);
  store(to + len - sizeof(Value), last);
}

constexpr std::size_t kShort = 32;

void move_short(char* to, const char* from, std::size_t len) noexcept {
  if (len >= 16) return move_ends<Bytes>(to, from, len);
  if (len >= 8) return move_ends<std::uint64_t>(to, from, len);
  if (len >= 4) return move_ends<std::uint32_t>(to, from, len);
  if (len >= 2) return move_ends<std::uint16_t>(to, from, len);
  if (len == 1) *to = *from;
}

}  // namespace

extern "C" {

void* memmove(void* to, const void* from, std::size_t len) {
  if (len > kShort) return __builtin_memmove(to, from, len);
  move_short(static_cast<char*>(to), static_cast<const char*>(from), len);
  return to;
}

void* memcpy(void* to, const void* from, std::size_t len) { return memmove(to, from, len); }
void* memset(void* to, int byte, std::size_t len) { return __builtin_memset(to, byte, len); }

std::size_t strlen(const char* text) {
  const char* end = text;
  while (*end != '\0') ++end;
  return static_cast<std::size_t>(end - text);
}

int memcmp(const void* left, const void* right, std::size_t len) {
  const auto* a = static_cast<const char*>(left);
  const auto* b = static_cast<const char*>(right);
  for (; len >= 8 && load<std::uint64_t>(a) == load<std::uint64_t>(b); len -= 8, a += 8, b += 8) {}
  for (; len != 0; --len, ++a, ++b) {
    if (*a != *b) return static_cast<unsigned char>(*a) - static_cast<unsigned char>(*b);
  }
  return 0;
}

void* memchr(const void* from, int byte, std::size_t len) {
  const auto* at = static_cast<const char*>(from);
  const Bytes wanted = Bytes{} + static_cast<std::uint8_t>(byte);
  for (; len >= sizeof(Bytes); len -= sizeof(Bytes), at += sizeof(Bytes)) {
    const auto equal = reinterpret_cast<Halves>(load<Bytes>(at) == wanted);
    if ((equal[0] | equal[1]) != 0) break;
  }
  for (; len-- != 0; ++at) {
    if (*at == static_cast<char>(byte)) return const_cast<char*>(at);
  }
  return nullptr;
}

}  // extern "C"
