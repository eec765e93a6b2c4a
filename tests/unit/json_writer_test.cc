#include "refedge/json_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "core/json_object.h"
#include "refedge/limits.h"

namespace refedge {
namespace {

std::string as_json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(JsonWriter, the_example_of_the_header) {
  const std::vector<Field> fields = {{"a", "1/2"}, {"n", "3", ValueKind::kRaw}};
  EXPECT_EQ(*write_json_object(fields), R"({"a":"1/2","n":3})");
}

TEST(JsonWriter, every_ascii_character_is_what_another_writer_writes) {
  for (char c = 0; c >= 0 && c < 0x7F; ++c) {
    const std::string text = {'x', c, c, 'y'};
    EXPECT_EQ(as_json(text), nlohmann::json(text).dump());
  }
}

// That writer escapes DEL; JSON.stringify does not.
TEST(JsonWriter, nothing_else_is_escaped) {
  EXPECT_EQ(as_json("\x7f/\xe2\x80\xa8\xe2\x80\xa9\xc3\xa9\xf0\x9f\x98\x80"),
            "\"\x7f/\xe2\x80\xa8\xe2\x80\xa9\xc3\xa9\xf0\x9f\x98\x80\"");
}

TEST(JsonWriter, a_string_is_appended) {
  std::string out = "x";
  append_json_string(out, "");
  append_json_string(out, "y");
  EXPECT_EQ(out, "x\"\"\"y\"");
}

TEST(JsonWriter, what_is_written_is_read_back) {
  const std::string value = "\"\\\b\f\n\r\t\x01\x1f / \xc3\xa9";
  const std::vector<Field> fields = {{"key \"1\"", value}, {"raw", "[1,null]", ValueKind::kRaw}};
  const auto json = nlohmann::json::parse(*write_json_object(fields), nullptr, false);
  EXPECT_EQ(json["key \"1\""], value);
  EXPECT_EQ(json["raw"], nlohmann::json::parse("[1,null]"));
}

TEST(JsonWriter, the_bound_of_the_length_holds_for_the_worst_text) {
  const std::string controls(100, '\x01');
  const std::vector<Field> fields = {{controls, controls}, {"a", controls}, {"n", "1", ValueKind::kRaw}};
  EXPECT_EQ(write_json_object(fields)->size(), 1820U);
  EXPECT_EQ(*write_json_object({}), "{}");
}

TEST(JsonWriter, limits_are_accepted_and_one_more_is_not) {
  const std::string key(kMaxKeyLength, 'k');
  const std::string value(kMaxValueLength, 'v');
  EXPECT_TRUE(write_json_object(std::vector<Field>{{key, value}}));
  EXPECT_EQ(write_json_object(std::vector<Field>{{key + "k", "v"}}).error(), (Error{Errc::kTooLong, "key"}));
  EXPECT_EQ(write_json_object(std::vector<Field>{{"k", value + "v"}}).error(), (Error{Errc::kTooLong, "k"}));
}

}  // namespace
}  // namespace refedge
