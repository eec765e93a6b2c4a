#include "refedge/track.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/string_array.h"
#include "refedge/limits.h"
#include "refedge/signature.h"

namespace refedge {
namespace {

TEST(Track, money_is_read_into_cents) {
  const struct {
    const char* text;
    std::int64_t cents;
  } amounts[] = {{"0", 0},
                 {"12", 1200},
                 {"12.5", 1250},
                 {"12.89", 1289},
                 {"0.01", 1},
                 {"007.10", 710},
                 {"9999999999.99", kMaxMoneyMinorUnits}};
  for (const auto& amount : amounts) EXPECT_EQ(*parse_money(amount.text), amount.cents) << amount.text;
}

TEST(Track, anything_but_an_amount_is_refused) {
  for (const std::string_view text : {"", ".", ".5", "5.", "1.234", "-1", "+1", "1,5", "1e3", "0x1", " 1",
                                      "1 ", "$1", "1.5.", "1..5", "a"}) {
    EXPECT_EQ(parse_money(text).error().code, Errc::kInvalidField) << text;
  }
}

TEST(Track, money_has_a_limit) {
  EXPECT_EQ(parse_money("10000000000.00").error().code, Errc::kTooLong);
  EXPECT_EQ(parse_money("10000000000").error().code, Errc::kTooLong);
  EXPECT_EQ(parse_money(std::string(32, '9')).error().code, Errc::kTooLong);
  EXPECT_EQ(*parse_money(std::string(32, '0')), 0);
  EXPECT_EQ(parse_money(std::string(33, '0')).error().code, Errc::kTooLong);
}

TEST(Track, addresses_that_mail_can_be_sent_to) {
  const std::string long_local(64, 'a');
  for (const std::string& text :
       {std::string("a@b.example"), std::string("a.b+c'd@sub.shop.example"), std::string("a@localhost"),
        std::string("zo\xc3\xab@b\xc3\xbc"
                    "cher.example"),
        long_local + "@b.example"}) {
    EXPECT_TRUE(is_email(text)) << text;
  }
}

TEST(Track, what_is_no_address) {
  const std::string long_local(65, 'a');
  for (const std::string& text : {std::string(""),
                                  std::string("@"),
                                  std::string("a"),
                                  std::string("a@"),
                                  std::string("@b.example"),
                                  std::string("a@b"),
                                  std::string("a@b@c.example"),
                                  std::string("a b@c.example"),
                                  std::string("<a@b.example>"),
                                  std::string("a@b.example>"),
                                  std::string("a\n@b.example"),
                                  std::string("a@b.example\r\nBcc: x"),
                                  std::string("a@.example"),
                                  std::string("a@b."),
                                  std::string("a@b..example"),
                                  std::string("a@b_c.example"),
                                  std::string("a@b.example,c"),
                                  std::string("\xff@b.example"),
                                  std::string("a\0@b.example", 12),
                                  long_local + "@b.example"}) {
    EXPECT_FALSE(is_email(text)) << text;
  }
}

TEST(Track, an_address_has_a_limit) {
  const std::string longest = "a@" + std::string(kMaxEmailLength - 10, 'b') + ".example";
  ASSERT_EQ(longest.size(), kMaxEmailLength);
  EXPECT_TRUE(is_email(longest));
  EXPECT_FALSE(is_email("a" + longest));
}

TEST(Track, addresses_are_compared_trimmed_and_in_lower_case) {
  EXPECT_EQ(normalise_email(" \t\r\nJohn@DOE.Example\n"), "john@doe.example");
  EXPECT_EQ(normalise_email("\xc3\x89@b.example"), "\xc3\x89@b.example");
  EXPECT_EQ(normalise_email(" "), "");
}

TEST(Track, names_are_split) {
  const struct {
    const char* text;
    const char* first;
    const char* last;
  } names[] = {{"John, Doe", "John", "Doe"},
               {"John Doe", "John", "Doe"},
               {"Mary Ann Doe", "Mary Ann", "Doe"},
               {"Mary Ann, van der Doe", "Mary Ann", "van der Doe"},
               {"John", "John", ""},
               {" John ", "John", ""},
               {"John,", "John", ""},
               {",Doe", "", "Doe"},
               {"", "", ""},
               {"a,b,c", "a", "b,c"}};
  for (const auto& name : names) {
    EXPECT_EQ(split_name(name.text).first, name.first) << name.text;
    EXPECT_EQ(split_name(name.text).last, name.last) << name.text;
  }
}

TEST(Track, arrays_of_strings) {
  const auto check = [](std::string_view json) { return check_string_array(json, 2, 3); };
  for (const std::string_view json : {"[]", "[\"a\"]", "[\"abc\",\"a]b\"]", "[\"a,b\"]"})
    EXPECT_EQ(check(json), Errc::kOk) << json;
  EXPECT_EQ(check("[\"a\",\"b\",\"c\"]"), Errc::kTooMany);
  EXPECT_EQ(check("[\"abcd\"]"), Errc::kTooLong);
  for (const std::string_view json : {"", "[", "]", "{}", "\"a\"", "[\"a\"", "[\"a]", "[a]", "[1]",
                                      "[\"a\",]", "[,\"a\"]", "[\"a\" ,\"b\"]", "[[\"a\"]]", "[\"a\\\"\"]",
                                      "[\"\\n\"]", "[\"a\nb\"]", "[\"a\"\"b\"]", "[\"\"]", "[null]"}) {
    EXPECT_EQ(check(json), Errc::kInvalidField) << json;
  }
}

// What the shop signed must hold when the origin sees what the script wrote.
TEST(Track, a_payload_keeps_a_signature_valid) {
  std::vector<Field> fields = {{"order_value", "12.50", ValueKind::kRaw},
                               {"order_number", "A/1"},
                               {"customer_email", "a@b.example"},
                               {"voucher_code", ""},
                               {"market", "demo"}};
  const std::string_view keys = "order_number, customer_email, order_value, voucher_code";
  const std::string signature = *build_signature(fields, keys, "key");
  fields.push_back({"signed_keys", keys});
  fields.push_back({"signature", signature});
  const auto payload = build_track_payload(fields);
  ASSERT_TRUE(payload);
  EXPECT_NE(payload->find(R"("order_value":12.50,)"), std::string::npos);
  EXPECT_NE(payload->find(R"("voucher_code":"",)"), std::string::npos);
  EXPECT_TRUE(verify_signature(fields, keys, signature, "key"));
}

TEST(Track, validating_and_building_agree) {
  const std::vector<Field> good = {
      {"market", "demo"}, {"customer_email", "a@b.example"}, {"order_number", "1"}};
  EXPECT_TRUE(validate_track(good));
  EXPECT_TRUE(build_track_payload(good));
  const std::vector<Field> bad = {{"market", "demo"}, {"order_number", "1"}};
  EXPECT_EQ(validate_track(bad).error(), (Error{Errc::kMissingField, "customer_email"}));
  EXPECT_EQ(build_track_payload(bad).error(), validate_track(bad).error());
}

}  // namespace
}  // namespace refedge
