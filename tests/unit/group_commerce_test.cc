#include "refedge/group_commerce.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "refedge/limits.h"
#include "refedge/percent.h"

namespace refedge {
namespace {

TEST(GroupCommerce, reads_the_manuals_sample) {
  const auto form = parse_refer_friends_form(
      "FromName=Sylvester+Martin&FromEmail=me%40email.com&Message=You+really+should+check+this+out.&"
      "SegmentKey="
      "&ReferredByUserKey=&ReferUrl=&Recipients%5b0%5d.Email=apisupport%2bdocs%40groupcommerce.com"
      "&Recipients%5b0%5d.Name=Api+docs");
  ASSERT_TRUE(form.has_value());
  EXPECT_EQ(form->from_email, "me@email.com");
  EXPECT_EQ(form->from_name, "Sylvester Martin");
  EXPECT_EQ(form->message, "You really should check this out.");
  EXPECT_EQ(form->segment_key + form->referred_by_user_key + form->refer_url, "");
  ASSERT_EQ(form->recipients.size(), 1U);
  EXPECT_EQ(form->recipients[0], (EmailRecipient{"apisupport+docs@groupcommerce.com", "Api docs"}));
}

TEST(GroupCommerce, the_json_says_what_the_struct_says) {
  const std::string form =
      "ReferredByUserKey=k7&Recipients[1].Email=e@d.example&Recipients[0].Email=c@d.example&Recipients[0]."
      "Name=C";
  const auto read = parse_refer_friends_form(form);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->referred_by_user_key, "k7");
  EXPECT_EQ(read->recipients, (std::vector<EmailRecipient>{{"c@d.example", "C"}, {"e@d.example", ""}}));
  EXPECT_EQ(
      *refer_friends_to_json(form),
      R"({"ReferredByUserKey":"k7","Recipients":[{"Email":"c@d.example","Name":"C"},{"Email":"e@d.example"}]})");
  EXPECT_EQ(refer_friends_to_json("x=1").error(), parse_refer_friends_form("x=1").error());
}

TEST(GroupCommerce, every_byte_of_a_message_survives_its_encoding) {
  std::string message = "\t\n\r";
  for (int c = 0x20; c < 0x7F; ++c) message += static_cast<char>(c);
  const auto form = parse_refer_friends_form(
      "FromEmail=a@b.example&Recipients[0].Email=c@d.example&Message=" + percent_encode(message));
  ASSERT_TRUE(form.has_value());
  EXPECT_EQ(form->message, message);
}

TEST(GroupCommerce, every_other_control_is_refused) {
  for (int c = 0; c < 0x20; ++c) {
    if (c >= '\t' && c <= '\r') continue;
    const std::string text(1, static_cast<char>(c));
    const auto form = parse_refer_friends_form(
        "FromEmail=a@b.example&Recipients[0].Email=c@d.example&Message=" + percent_encode(text));
    EXPECT_EQ(form.error(), (Error{Errc::kInvalidField, "Message"})) << c;
  }
}

TEST(GroupCommerce, a_form_of_nothing_but_separators_is_read_in_one_pass) {
  EXPECT_EQ(parse_refer_friends_form(std::string(kMaxFormLength, '&')).error(),
            (Error{Errc::kMissingField, "Recipients"}));
  EXPECT_EQ(parse_refer_friends_form(std::string(kMaxFormLength + 1, '&')).error(),
            (Error{Errc::kTooLong, "form"}));
}

TEST(GroupCommerce, answers_in_both_formats) {
  EXPECT_EQ(build_refer_friends_answer(3, AnswerFormat::kJson), R"({"emailsSent":3})");
  EXPECT_EQ(
      build_refer_friends_answer(3, AnswerFormat::kXml),
      R"(<referFriendsResponse xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><emailsSent>3</emailsSent>)"
      "</referFriendsResponse>");
}

}  // namespace
}  // namespace refedge
