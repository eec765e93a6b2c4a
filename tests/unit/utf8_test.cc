#include "refedge/utf8.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace refedge {
namespace {

// The encoding of RFC 3629 section 3, without its rules of what is ill-formed.
std::string encode(std::uint32_t point) {
  const auto part = [&](unsigned shift, unsigned mask, unsigned mark) {
    return static_cast<char>(((point >> shift) & mask) | mark);
  };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {part(6, 0x1F, 0xC0), part(0, 0x3F, 0x80)};
  if (point < 0x10000) return {part(12, 0x0F, 0xE0), part(6, 0x3F, 0x80), part(0, 0x3F, 0x80)};
  return {part(18, 0x07, 0xF0), part(12, 0x3F, 0x80), part(6, 0x3F, 0x80), part(0, 0x3F, 0x80)};
}

TEST(Utf8, every_code_point_but_surrogates_up_to_the_last) {
  for (std::uint32_t point = 0; point <= 0x110FFF; ++point) {
    const bool expected = point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
    if (is_valid_utf8(encode(point)) != expected) FAIL() << "U+" << std::hex << point;
  }
}

TEST(Utf8, every_sequence_of_two_bytes) {
  for (unsigned a = 0; a < 256; ++a) {
    for (unsigned b = 0; b < 256; ++b) {
      const std::string text = {static_cast<char>(a), static_cast<char>(b)};
      const bool expected = (a < 0x80 && b < 0x80) || (a >= 0xC2 && a <= 0xDF && b >= 0x80 && b <= 0xBF);
      if (is_valid_utf8(text) != expected) FAIL() << a << ' ' << b;
    }
  }
}

TEST(Utf8, overlong_forms_are_ill_formed) {
  for (const std::string_view text :
       {"\xc0\x80", "\xc1\xbf", "\xe0\x80\xaf", "\xe0\x9f\xbf", "\xf0\x80\x80\xaf", "\xf0\x8f\xbf\xbf"}) {
    EXPECT_FALSE(is_valid_utf8(text));
  }
}

TEST(Utf8, a_character_cut_short_is_ill_formed_wherever_it_stands) {
  const std::string whole = "a\xf0\x9f\x98\x80";
  EXPECT_TRUE(is_valid_utf8(whole));
  for (std::size_t length = 2; length < whole.size(); ++length) {
    EXPECT_FALSE(is_valid_utf8(whole.substr(0, length)));
    EXPECT_FALSE(is_valid_utf8(whole.substr(0, length) + "bbbb"));
  }
}

TEST(Utf8, the_empty_text_and_zero_bytes_are_well_formed) {
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8(std::string_view("\0a", 2)));
}

}  // namespace
}  // namespace refedge
