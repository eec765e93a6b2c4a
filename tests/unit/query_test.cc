#include "refedge/query.h"

#include <gtest/gtest.h>

#include "refedge/limits.h"

namespace refedge {
namespace {

TEST(Query, the_example_of_the_header) {
  EXPECT_EQ(*append_query_param("https://shop/?a=1#top", "ref", "k7"), "https://shop/?a=1&ref=k7#top");
}

TEST(Query, what_is_not_found_is_named_as_it_was_asked_for) {
  EXPECT_EQ(find_query_param("?a=1", "e\xFF").error(), (Error{Errc::kNotFound, "e\xFF"}));
}

TEST(Query, what_is_appended_is_found) {
  const std::string value = "a&b=c d+e%/?#\xc3\xa9";
  const auto url = append_query_param("https://shop.example/p?x=1#f", "na me", value);
  ASSERT_TRUE(url);
  EXPECT_EQ(*find_query_param(url->substr(url->find('?')), "na me"), value);
}

TEST(Query, appending_twice_changes_nothing_more) {
  const auto once = append_query_param("https://shop.example/?a=1&ref=x", "ref", "k7");
  ASSERT_TRUE(once);
  EXPECT_EQ(*append_query_param(*once, "ref", "k7"), *once);
}

TEST(Query, a_parameter_that_does_not_decode_is_left_alone) {
  EXPECT_EQ(*append_query_param("https://shop.example/?%zz=1", "ref", "k7"),
            "https://shop.example/?%zz=1&ref=k7");
}

TEST(Query, the_limit_of_a_url_is_that_of_the_result) {
  std::string url = "https://shop.example/?a=";
  url.resize(kMaxUrlLength - 7, 'x');
  EXPECT_EQ(append_query_param(url, "ref", "k7")->size(), kMaxUrlLength);
  EXPECT_EQ(append_query_param(url + "x", "ref", "k7").error(), (Error{Errc::kTooLong, "url"}));
  EXPECT_EQ(append_query_param(url + "#", "ref", "k7").error(), (Error{Errc::kTooLong, "url"}));
}

TEST(Query, captures_the_code) {
  EXPECT_EQ(*capture_ref("?utm=1&ref=k7-_A"), "k7-_A");
  EXPECT_EQ(capture_ref("?utm=1").error(), (Error{Errc::kNotFound, "ref"}));
  EXPECT_EQ(capture_ref("?ref=a.b").error(), (Error{Errc::kInvalidField, "ref"}));
}

}  // namespace
}  // namespace refedge
