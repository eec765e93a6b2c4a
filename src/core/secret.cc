#include "refedge/secret.h"

#include <cstddef>
#include <cstring>

namespace refedge {
namespace {

// Tells the compiler that the bytes are read after this, so that it keeps what writes them.
[[maybe_unused]] void keep(const void* bytes) noexcept { __asm__ __volatile__("" : : "r"(bytes) : "memory"); }

}  // namespace

void wipe(std::string& secret) noexcept {
#ifndef REFEDGE_ARENA  // refedge_wipe overwrites all that a module's call had, this too
  // Growing to the capacity allocates nothing, and makes every byte of it one that may be written.
  secret.resize(secret.capacity());
  std::memset(secret.data(), 0, secret.size());
  keep(secret.data());
#endif
  secret.clear();
}

bool constant_time_equal(std::string_view a, std::string_view b) noexcept {
  // With other lengths `a` is compared with itself, for the time it takes, and the answer is no.
  const bool same_length = a.size() == b.size();
  const char* const other = same_length ? b.data() : a.data();
  volatile unsigned char difference = same_length ? 0 : 1;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (a[i] ^ other[i]));
  }
  return difference == 0;
}

}  // namespace refedge
