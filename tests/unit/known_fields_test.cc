#include "core/known_fields.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace refedge {
namespace {

constexpr std::array<KnownField, 2> kFixed = {{
    {"a", check_line, 4, Presence::kRequired},
    {"b", check_boolean, 4},
}};
constexpr std::array<KnownField, 2> kMembers = {{
    {"x", check_line, 4, Presence::kRequired},
    {"y", check_line, 4},
}};
constexpr FieldTable kTable = {kFixed, {"list", 3, kMembers}};
constexpr FieldTable kTableWithoutList = {kFixed, {}};

Error error_of(const std::vector<Field>& fields) { return place_fields(fields, kTable).error(); }

TEST(KnownFields, a_field_is_found_at_its_place) {
  const std::vector<Field> fields = {
      {"list[1].x", "1x"}, {"a", "A"}, {"list[0].y", "0y"}, {"list[0].x", "0x"}};
  const auto placed = place_fields(fields, kTable);
  ASSERT_TRUE(placed.has_value());
  EXPECT_EQ(placed->num_items(), 2U);
  EXPECT_EQ(placed->fixed(0), &fields[1]);
  EXPECT_EQ(placed->fixed(1), nullptr);
  EXPECT_EQ(placed->fixed_value(1), "");
  EXPECT_EQ(placed->member(0, 0), &fields[3]);
  EXPECT_EQ(placed->member_value(0, 1), "0y");
  EXPECT_EQ(placed->member_value(1, 0), "1x");
  EXPECT_EQ(placed->member(1, 1), nullptr);
}

TEST(KnownFields, without_a_list_there_are_no_items) {
  const std::vector<Field> fields = {{"a", "A"}};
  EXPECT_EQ(place_fields(fields, kTableWithoutList)->num_items(), 0U);
}

TEST(KnownFields, the_first_field_at_fault_is_named) {
  EXPECT_EQ(error_of({{"b", "no"}, {"c", "x"}}), (Error{Errc::kInvalidField, "b"}));
  EXPECT_EQ(error_of({{"c", "x"}, {"b", "no"}}), (Error{Errc::kUnknownField, "c"}));
  EXPECT_EQ(error_of({{"a", "12345"}}), (Error{Errc::kTooLong, "a"}));
  EXPECT_EQ(error_of({{"a", "\xFF"}}), (Error{Errc::kInvalidUtf8, "a"}));
}

TEST(KnownFields, what_is_required_is_missed_in_the_order_of_the_table) {
  EXPECT_EQ(error_of({}), (Error{Errc::kMissingField, "a"}));
  EXPECT_EQ(error_of({{"a", "null", ValueKind::kRaw}}), (Error{Errc::kMissingField, "a"}));
  EXPECT_EQ(error_of({{"a", "A"}, {"list[0].y", "y"}}), (Error{Errc::kMissingField, "list[0].x"}));
  EXPECT_EQ(error_of({{"a", "A"}, {"list[0].x", ""}}), (Error{Errc::kMissingField, "list[0].x"}));
  EXPECT_EQ(error_of({{"a", "A"}, {"list[2].x", "x"}}), (Error{Errc::kMissingField, "list[0]"}));
  EXPECT_EQ(error_of({{"list[0].y", "y"}}), (Error{Errc::kMissingField, "a"}));
}

TEST(KnownFields, the_limit_of_a_list_is_its_limit) {
  const std::vector<Field> three = {{"a", "A"}, {"list[2].x", "x"}, {"list[1].x", "x"}, {"list[0].x", "x"}};
  EXPECT_EQ(place_fields(three, kTable)->num_items(), 3U);
  EXPECT_EQ(error_of({{"list[3].x", "x"}}), (Error{Errc::kTooMany, "list"}));
}

}  // namespace
}  // namespace refedge
