#include "refedge/capillary.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "refedge/limits.h"

namespace refedge {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kInvitedOn = "20240910T16:35:52.pV7BF";

std::string date_text(int year, int month, int day) {
  char text[32];
  std::snprintf(text, sizeof text, "%04d%02d%02dT00:00:00.a", year, month, day);
  return text;
}

// One day after the other over four centuries, counted: what a calendar is.
TEST(Capillary, every_day_is_a_day_after_the_one_before) {
  std::int64_t expected = 0;
  for (int year = 1970; year < 2370; ++year) {
    for (int month = 1; month <= 12; ++month) {
      int days = 0;
      while (parse_invited_on(date_text(year, month, days + 1))) {
        EXPECT_EQ(parse_invited_on(date_text(year, month, ++days))->at, expected);
        expected += 86400;
      }
      ASSERT_GE(days, 28);
    }
  }
  EXPECT_EQ(expected, 146097 * std::int64_t{86400});
}

TEST(Capillary, the_code_is_a_view_of_the_text) {
  const auto invited = parse_invited_on(kInvitedOn);
  ASSERT_TRUE(invited.has_value());
  EXPECT_EQ(invited->at, 1725986152);
  EXPECT_EQ(invited->code, "pV7BF");
  EXPECT_EQ(invited->code.data(), kInvitedOn.data() + 18);
}

TEST(Capillary, no_shorter_text_is_a_date) {
  for (std::size_t length = 0; length <= 18; ++length) {
    EXPECT_EQ(parse_invited_on(kInvitedOn.substr(0, length)).error(),
              (Error{Errc::kInvalidField, "invited_on"}));
  }
}

TEST(Capillary, the_answer_holds_what_the_manual_prints) {
  const CapillaryReferral referral = {"MOBILE", "", "Shikhar", "79998364", kInvitedOn};
  CapillaryAnswer answer;
  answer.add_customer({true, {}, "917999836466", {}, "shikar", {}});
  answer.add_referral(referral);
  const auto text = answer.finish();
  ASSERT_TRUE(text.has_value());
  const Json expected =
      Json::parse(R"({"response":{"status":{"success":"true","code":200,"message":"SUCCESS"},
    "customers":{"customer":[{"email":null,"mobile":"917999836466","external_id":null,"firstname":"shikar",
    "lastname":"","referrals":{"referral_type":[{"type":"MOBILE","referral":[{"id":"","name":"Shikhar",
    "identifier":"79998364","invited_on":"20240910T16:35:52.pV7BF","status":{"success":"false","code":1701,
    "message":"Invalid Identifier for the type"}}]}]},"item_status":{"success":"true","code":1000,
    "message":"Referrals are invited successfully"}}]}}})");
  EXPECT_EQ(*text, expected.dump());
}

TEST(Capillary, the_largest_batch_is_json) {
  const std::string name(kMaxCapillaryValueLength, '"');
  CapillaryAnswer answer;
  for (std::size_t i = 0; i < kMaxCapillaryCustomers; ++i) {
    answer.add_customer({true, name, name, name, name, name});
    for (std::size_t k = 0; k < kMaxCapillaryReferrals; ++k) {
      answer.add_referral({k % 2 == 0 ? "EMAIL" : "FAX", name, name, "a@b.example", kInvitedOn});
    }
  }
  const auto text = answer.finish();
  ASSERT_TRUE(text.has_value());
  EXPECT_EQ(Json::parse(*text).dump(), *text);
}

TEST(Capillary, the_first_fault_is_kept) {
  CapillaryAnswer answer;
  answer.add_customer({true, "\xFF", {}, {}, {}, {}});
  answer.add_referral({"EMAIL", {}, {}, "a@b.example", "never"});
  EXPECT_EQ(answer.finish().error(), (Error{Errc::kInvalidUtf8, "customer[0].email"}));
}

}  // namespace
}  // namespace refedge
