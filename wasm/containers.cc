// What std/string and std/vector do not do in place.
#include <string>
#include <vector>

#include "arena.h"

namespace refedge::wasm {

// The record of an order has some forty fields, and most vectors far fewer: almost none grows twice.
constexpr std::size_t kFirstCapacity = 40;

void make_room(Storage& storage, std::size_t size, std::size_t element_bytes) {
  if (size <= storage.capacity) return;
  storage.capacity = storage.size == 0 && size > kFirstCapacity ? size : 2 * size + kFirstCapacity;
  void* const data = arena_take(storage.capacity * element_bytes);
  __builtin_memcpy(data, storage.data, storage.size * element_bytes);
  storage.data = data;
}

}  // namespace refedge::wasm

namespace std {
inline namespace __2 {

bool operator==(string_view a, string_view b) noexcept {
  return a.size() == b.size() && __builtin_memcmp(a.data(), b.data(), a.size()) == 0;
}

// Without the length of `b`: most are told apart by their first characters.
bool operator==(string_view a, const char* b) noexcept {
  for (const char c : a) {
    if (c != *b || c == '\0') return false;
    ++b;
  }
  return *b == '\0';
}

void string::reserve(size_type capacity) {
  if (capacity <= capacity_) return;
  capacity_ = size_ == 0 ? capacity : 2 * capacity;
  auto* const data = static_cast<char*>(refedge::wasm::arena_take(capacity_));
  __builtin_memcpy(data, data_, size_);
  data_ = data;
}

string& string::append(const char* text, size_type len) {
  reserve(size_ + len);
  __builtin_memcpy(data_ + size_, text, len);
  size_ += len;
  return *this;
}

string& string::append(const char* text) { return append(text, __builtin_strlen(text)); }

string& string::append(size_type len, char c) {
  reserve(size_ + len);
  __builtin_memset(data_ + size_, c, len);
  size_ += len;
  return *this;
}

void string::push_back(char c) { append(&c, 1); }

void string::resize(size_type len, char c) {
  if (len > size_) append(len - size_, c);
  size_ = len;
}

string& string::erase(size_type at, size_type len) {
  __builtin_memmove(data_ + at, data_ + at + len, size_ - at - len);
  size_ -= len;
  return *this;
}

string& string::insert(size_type at, string_view text) {
  append(text.data(), text.size());
  __builtin_memmove(data_ + at + text.size(), data_ + at, size_ - text.size() - at);
  __builtin_memcpy(data_ + at, text.data(), text.size());
  return *this;
}

}  // namespace __2
}  // namespace std
