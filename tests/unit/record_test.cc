#include "capi/record.h"

#include <gtest/gtest.h>

namespace refedge::capi {
namespace {

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) text += static_cast<char>(value);
  return text;
}

TEST(Record, the_bytes_are_length_and_text) {
  std::string record;
  append_record_field(record, "ab");
  append_record_field(record, "");
  EXPECT_EQ(record, bytes({2, 0, 0, 0, 'a', 'b', 0, 0, 0, 0}));
}

TEST(Record, a_length_has_its_low_byte_first) {
  std::string record;
  append_record_field(record, std::string(0x010203, 'x'));
  EXPECT_EQ(record.substr(0, 4), bytes({3, 2, 1, 0}));
  EXPECT_EQ(read_record(record)->front().size(), 0x010203U);
}

TEST(Record, fields_come_back) {
  const std::string zero = bytes({0, 255, 10});
  std::string record;
  for (const std::string& field : {std::string("first"), std::string(), zero})
    append_record_field(record, field);
  const auto fields = read_record(record);
  ASSERT_TRUE(fields);
  ASSERT_EQ(fields->size(), 3U);
  EXPECT_EQ((*fields)[0], "first");
  EXPECT_EQ((*fields)[1], "");
  EXPECT_EQ((*fields)[2], zero);
}

TEST(Record, nothing_is_a_record_without_fields) {
  ASSERT_TRUE(read_record(""));
  EXPECT_TRUE(read_record("")->empty());
}

TEST(Record, every_cut_of_a_record_is_refused_but_at_a_field) {
  std::string record;
  append_record_field(record, "abc");
  append_record_field(record, "de");
  for (std::size_t length = 0; length <= record.size(); ++length) {
    const bool is_whole = length == 0 || length == 7 || length == record.size();
    EXPECT_EQ(read_record(std::string_view(record).substr(0, length)).has_value(), is_whole) << length;
  }
}

TEST(Record, a_length_past_the_end_is_refused) {
  EXPECT_FALSE(read_record(bytes({1, 0, 0, 0})));
  EXPECT_FALSE(read_record(bytes({255, 255, 255, 255, 'a'})));
  EXPECT_FALSE(read_record(bytes({0, 0, 0, 128, 'a'})));
}

}  // namespace
}  // namespace refedge::capi
