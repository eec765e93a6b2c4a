// The block operations of refedge-server.wasm against the C library's, at every length and distance that takes another way.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

// Under names of their own: the tests' C library stays as it is.
#define memcpy server_memcpy
#define memmove server_memmove
#define memset server_memset
#define memcmp server_memcmp
#define memchr server_memchr
#define strlen server_strlen
#include "wasm/server_memory.cc"
#undef memcpy
#undef memmove
#undef memset
#undef memcmp
#undef memchr
#undef strlen

namespace refedge {
namespace {

constexpr std::size_t kLongest = 80;

std::string text_of(std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i) text.push_back(static_cast<char>(37 * i + 11));
  return text;
}

int sign_of(int value) { return (value > 0) - (value < 0); }

TEST(ServerMemory, moves_blocks_that_overlap) {
  for (std::size_t length = 0; length <= kLongest; ++length) {
    for (std::size_t to = 0; to <= 40; ++to) {
      std::string expected = text_of(160);
      std::string moved = expected;
      std::memmove(expected.data() + to, expected.data() + 20, length);
      EXPECT_EQ(server_memmove(moved.data() + to, moved.data() + 20, length), moved.data() + to);
      ASSERT_EQ(moved, expected) << length << " bytes to " << to;
    }
  }
}

TEST(ServerMemory, copies_and_fills) {
  for (std::size_t length = 0; length <= kLongest; ++length) {
    std::string copy(kLongest + 1, '-');
    server_memcpy(copy.data(), text_of(length).data(), length);
    EXPECT_EQ(copy, text_of(length) + std::string(kLongest + 1 - length, '-'));
    server_memset(copy.data(), 'x', length);
    EXPECT_EQ(copy, std::string(length, 'x') + std::string(kLongest + 1 - length, '-'));
    EXPECT_EQ(server_strlen(std::string(length, 'x').c_str()), length);
  }
}

TEST(ServerMemory, finds_the_first_byte_and_none_behind_the_end) {
  for (std::size_t length = 0; length <= kLongest; ++length) {
    for (std::size_t at = 0; at <= length + 2; ++at) {
      std::string text(kLongest + 4, '.');
      text[at] = text[at + 1] = '\xFE';
      const void* found = server_memchr(text.data(), '\xFE', length);
      ASSERT_EQ(found, std::memchr(text.data(), '\xFE', length)) << at << " of " << length;
    }
  }
}

TEST(ServerMemory, compares_by_the_first_byte_that_differs) {
  for (std::size_t length = 0; length <= kLongest; ++length) {
    const std::string left = text_of(length + 1);
    for (std::size_t at = 0; at <= length; ++at) {
      std::string right = left;
      right[at] = static_cast<char>(right[at] ^ 0x80);
      right[length] = 'x';
      ASSERT_EQ(sign_of(server_memcmp(left.data(), right.data(), length)),
                sign_of(std::memcmp(left.data(), right.data(), length)))
          << at << " of " << length;
    }
  }
}

}  // namespace
}  // namespace refedge
