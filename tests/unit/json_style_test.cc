#include "core/json_style.h"

#include <gtest/gtest.h>

namespace refedge {
namespace {

constexpr JsonStyle kSlashes = {true, false, false};
constexpr JsonStyle kUnicode = {false, true, false};
constexpr JsonStyle kSpaces = {false, false, true};

TEST(JsonStyle, without_a_style_nothing_changes) {
  const std::string json = R"({"a":"1/2 é","b":[1,{"c":"\"\\"}]})";
  EXPECT_EQ(restyle_json(json, {}), json);
  EXPECT_EQ(restyle_json("", {true, true, true}), "");
}

TEST(JsonStyle, slashes_are_escaped_everywhere) {
  EXPECT_EQ(restyle_json(R"({"a/b":"//","c":"\\/"})", kSlashes), R"({"a\/b":"\/\/","c":"\\\/"})");
}

// The first and last character of each length of UTF-8.
TEST(JsonStyle, code_points_become_utf16_units) {
  const std::pair<const char*, const char*> cases[] = {{"\x7F", "\x7F"},
                                                       {"\xC2\x80", "\\u0080"},
                                                       {"\xDF\xBF", "\\u07ff"},
                                                       {"\xE0\xA0\x80", "\\u0800"},
                                                       {"\xEF\xBF\xBF", "\\uffff"},
                                                       {"\xF0\x90\x80\x80", "\\ud800\\udc00"},
                                                       {"\xF4\x8F\xBF\xBF", "\\udbff\\udfff"},
                                                       {"\xF0\x9F\x8E\xBE", "\\ud83c\\udfbe"}};
  for (const auto& [text, escaped] : cases) EXPECT_EQ(restyle_json(text, kUnicode), escaped);
}

TEST(JsonStyle, spaces_stand_between_values_and_not_in_strings) {
  EXPECT_EQ(restyle_json(R"({"a,b":"c:d","e":[1,2,"\",:"],"f":{}})", kSpaces),
            R"({"a,b": "c:d", "e": [1, 2, "\",:"], "f": {}})");
}

// A secret that was left in an outgrown block could not be wiped.
TEST(JsonStyle, the_result_never_outgrows_its_first_block) {
  for (const char* unit : {"\xC2\x80", "/", ",", "\xE0\xA0\x80", "\xF0\x9F\x8E\xBE"}) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += unit;
    EXPECT_LE(restyle_json(text, {true, true, true}).size(), 3 * text.size());
  }
}

}  // namespace
}  // namespace refedge
