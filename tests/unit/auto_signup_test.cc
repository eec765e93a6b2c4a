#include "refedge/auto_signup.h"

#include <gtest/gtest.h>

#include <vector>

#include "refedge/base64.h"
#include "refedge/limits.h"
#include "refedge/percent.h"

namespace refedge {
namespace {

TEST(AutoSignup, gives_views_into_the_fields) {
  const std::string email = "john@doe.example";
  const std::vector<Field> fields = {{"email", email}, {"name", "John Doe"}, {"auto", "true"}};
  const auto signup = validate_auto_signup(fields);
  ASSERT_TRUE(signup.has_value());
  EXPECT_EQ(signup->email.data(), email.data());
  EXPECT_EQ(signup->name, "John Doe");
  EXPECT_EQ(signup->mode, SignupMode::kAuto);
  EXPECT_EQ(signup->custom_field, "");
}

TEST(AutoSignup, every_wrapping_of_a_text_opens_to_the_same) {
  const std::string json = R"({"email":"a+b@doe.example","name":"Zoë ~?>","auto":"true"})";
  const std::string wrapped[] = {json,
                                 percent_encode(json),
                                 base64_encode(json),
                                 base64url_encode(json),
                                 percent_encode(base64_encode(json)),
                                 "\n" + json + " "};
  for (const std::string& text : wrapped) {
    const auto opened = decode_plain_signup(text);
    ASSERT_TRUE(opened.has_value()) << text;
    EXPECT_EQ(*opened, json);
  }
}

TEST(AutoSignup, the_limit_is_on_what_is_sent) {
  EXPECT_TRUE(decode_plain_signup("{" + std::string(kMaxUrlLength - 1, ' ')).has_value());
  EXPECT_EQ(decode_plain_signup("{" + std::string(kMaxUrlLength, ' ')).error(),
            (Error{Errc::kTooLong, "bp_p"}));
}

}  // namespace
}  // namespace refedge
