#include "json/json_object.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "refedge/limits.h"

namespace refedge::origin {
namespace {

struct Case {
  const char* json;
  const char* value;
  ValueKind kind;
};

TEST(JsonObject, KeepsValuesAsGiven) {
  const std::array<Case, 16> cases = {{
      {R"({"a":"x/y"})", "x/y", ValueKind::kString},
      {R"({"a":"\u00e9\n\/"})", "é\n/", ValueKind::kString},
      {R"({"a":""})", "", ValueKind::kString},
      {R"({"a":12.50})", "12.50", ValueKind::kRaw},
      {R"({"a":1e3})", "1e3", ValueKind::kRaw},
      {R"({"a":1E+03})", "1E+03", ValueKind::kRaw},
      {R"({"a":-0})", "-0", ValueKind::kRaw},
      {R"({"a":-0.0})", "-0.0", ValueKind::kRaw},
      {R"({"a":-17})", "-17", ValueKind::kRaw},
      {R"({"a":18446744073709551615})", "18446744073709551615", ValueKind::kRaw},
      {R"({"a":123456789012345678901234567890})", "123456789012345678901234567890", ValueKind::kRaw},
      {R"({"a":true})", "true", ValueKind::kRaw},
      {R"({"a":null})", "null", ValueKind::kRaw},
      {R"({"a":[ 1 , "b\/" , {} , [] , {"c" : [1.0, 2]} ]})", R"([1,"b/",{},[],{"c":[1.0,2]}])",
       ValueKind::kRaw},
      {R"({"a":{"x": {"y": 1}, "z": "\u0001"}})", R"({"x":{"y":1},"z":"\u0001"})", ValueKind::kRaw},
      {R"({"a":[]})", "[]", ValueKind::kRaw},
  }};
  for (const Case& tried : cases) {
    const auto object = JsonObject::parse(tried.json, "");
    ASSERT_TRUE(object) << tried.json;
    ASSERT_EQ(object->fields().size(), 1U) << tried.json;
    EXPECT_EQ(object->fields()[0].value, tried.value) << tried.json;
    EXPECT_EQ(object->fields()[0].kind, tried.kind) << tried.json;
  }
}

TEST(JsonObject, KeepsOrderAndRepeatedMembers) {
  const auto object = JsonObject::parse(R"({"b":1,"a":{"n":[2]},"b":"3"})", "");
  ASSERT_TRUE(object);
  ASSERT_EQ(object->fields().size(), 3U);
  EXPECT_EQ(object->fields()[0].key, "b");
  EXPECT_EQ(object->fields()[1].value, R"({"n":[2]})");
  EXPECT_EQ(object->fields()[2].value, "3");
}

TEST(JsonObject, FieldsSurviveAMove) {
  auto object = JsonObject::parse(R"({"short":"x","a":"y"})", "");
  ASSERT_TRUE(object);
  const JsonObject moved = std::move(*object);
  EXPECT_EQ(moved.text("short"), "x");
  EXPECT_EQ(moved.text("a"), "y");
}

TEST(JsonObject, RefusesWhatIsNoObject) {
  const std::array<std::string, 12> cases = {"",
                                             "[]",
                                             "1",
                                             "\"a\"",
                                             "{",
                                             R"({"a":})",
                                             R"({"a":1}x)",
                                             R"({"a":01})",
                                             R"({"a":"\ud800"})",
                                             "{\"a\":\"\xff\"}",
                                             R"({'a':1})",
                                             "null"};
  for (const std::string& text : cases) {
    const auto object = JsonObject::parse(text, "body");
    ASSERT_FALSE(object) << text;
    EXPECT_EQ(object.error(), (Error{Errc::kInvalidJson, "body"})) << text;
  }
}

TEST(JsonObject, LimitsMembersAndDepthAtTheirEdge) {
  const auto with_members = [](std::size_t count) {
    std::string text = "{";
    for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":1";
    return text + "}";
  };
  EXPECT_TRUE(JsonObject::parse(with_members(kMaxFields), ""));
  const auto over = JsonObject::parse(with_members(kMaxFields + 1), "");
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, Errc::kTooMany);
  const auto nested = [](std::size_t depth) {
    return "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_TRUE(JsonObject::parse(nested(15), ""));
  EXPECT_FALSE(JsonObject::parse(nested(16), ""));
  EXPECT_FALSE(JsonObject::parse(nested(50000), ""));
}

}  // namespace
}  // namespace refedge::origin
