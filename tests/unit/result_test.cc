#include "refedge/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace refedge {
namespace {

TEST(Result, holds_a_value) {
  const Result<std::string> result = std::string("value");
  ASSERT_TRUE(result.has_value());
  EXPECT_TRUE(static_cast<bool>(result));
  EXPECT_EQ(*result, "value");
  EXPECT_EQ(result->size(), 5U);
}

TEST(Result, holds_an_error_with_its_field) {
  const Result<int> result = Error{Errc::kTooLong, "query"};
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), (Error{Errc::kTooLong, "query"}));
}

TEST(Result, a_code_alone_has_no_field) {
  const Result<int> result = Errc::kNotFound;
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error(), (Error{Errc::kNotFound, ""}));
}

TEST(Result, a_value_that_only_moves_can_be_taken_out) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
  const std::unique_ptr<int> taken = *std::move(result);
  EXPECT_EQ(*taken, 7);
}

TEST(Result, a_value_can_be_changed) {
  Result<std::string> result = std::string("a");
  *result += "b";
  result->push_back('c');
  EXPECT_EQ(*result, "abc");
}

}  // namespace
}  // namespace refedge
