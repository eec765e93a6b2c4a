#include "refedge/fraud.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/mailbox.h"

namespace refedge {
namespace {

FraudParty with_email(std::string_view email) { return {email, {}, {}, {}, {}}; }

// Any two of these, in both orders.
const std::vector<FraudParty>& parties() {
  static const std::vector<FraudParty> kParties = {
      {},
      {"anna@gmail.com", "203.0.113.9", "Agent/1", "C1", "S1"},
      {"a.nna+x@googlemail.com", "::ffff:203.0.113.9", "Agent/1", "C2", "S2"},
      {"anno@gmail.com", "203.0.113.10", "Agent/1", "C1", ""},
      {"annaberg1987@mail.example", "2001:db8::1", "", "", "S1"},
      {"anna.berg@mail.example", "2001:DB8::1", "", "", ""},
  };
  return kParties;
}

TEST(Fraud, it_does_not_matter_who_is_the_advocate) {
  for (const FraudParty& a : parties()) {
    for (const FraudParty& b : parties()) EXPECT_EQ(find_fraud_flags(a, b), find_fraud_flags(b, a));
  }
}

TEST(Fraud, each_email_flag_includes_the_one_before) {
  for (const FraudParty& a : parties()) {
    for (const FraudParty& b : parties()) {
      const FraudFlags flags = find_fraud_flags(a, b);
      EXPECT_LE(flags.same_email, flags.fuzzy_email);
      EXPECT_LE(flags.fuzzy_email, flags.high_sensitivity_fuzzy_email);
      EXPECT_LE(flags.same_ip_and_user_agent, flags.same_ip_address);
    }
  }
}

TEST(Fraud, an_unknown_equals_nothing) {
  for (const FraudParty& known : parties()) EXPECT_EQ(find_fraud_flags({}, known), FraudFlags{});
}

TEST(Fraud, a_household_and_a_resemblance_are_no_self_referral) {
  FraudFlags flags;
  flags.same_ip_address = true;
  flags.high_sensitivity_fuzzy_email = true;
  EXPECT_FALSE(is_possible_self_referral(flags));
}

TEST(Fraud, each_of_the_other_flags_is_one) {
  for (const auto flag : {&FraudFlags::same_shopper, &FraudFlags::same_customer, &FraudFlags::fuzzy_email,
                          &FraudFlags::same_ip_and_user_agent}) {
    FraudFlags flags;
    flags.*flag = true;
    EXPECT_TRUE(is_possible_self_referral(flags));
  }
}

TEST(Fraud, the_report_is_json_with_every_flag) {
  FraudFlags flags;
  flags.same_customer = true;
  const auto report = nlohmann::ordered_json::parse(build_fraud_report(flags));
  EXPECT_EQ(report.dump(), build_fraud_report(flags));
  EXPECT_EQ(report["possible_self_referral"], true);
  EXPECT_EQ(report["fraud"].size(), 7U);
  EXPECT_EQ(report["fraud"]["same_customer"], true);
  EXPECT_EQ(report["fraud"]["same_shopper"], false);
}

// The textbook's definition, which takes exponential time: good enough for five letters.
std::size_t plain_distance(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.size() + b.size();
  if (a[0] == b[0]) return plain_distance(a.substr(1), b.substr(1));
  return 1 + std::min({plain_distance(a.substr(1), b), plain_distance(a, b.substr(1)),
                       plain_distance(a.substr(1), b.substr(1))});
}

// All words of 4 and 5 letters over two letters: one difference is allowed.
TEST(Fraud, a_resemblance_is_the_textbooks_distance) {
  std::vector<std::string> words;
  for (unsigned length = 4; length <= 5; ++length) {
    for (unsigned bits = 0; bits < 1U << length; ++bits) {
      std::string word;
      for (unsigned i = 0; i < length; ++i) word += (bits >> i & 1U) != 0 ? 'b' : 'a';
      words.push_back(word);
    }
  }
  for (const std::string& a : words) {
    for (const std::string& b : words) {
      const bool is_near = are_alike(mailbox_of(a + "@m.example"), mailbox_of(b + "@m.example"));
      EXPECT_EQ(is_near, plain_distance(a, b) <= 1) << a << ' ' << b;
    }
  }
}

TEST(Fraud, any_bytes_are_compared_and_none_is_read_beyond) {
  std::uint32_t state = 12345;
  for (int i = 0; i < 2000; ++i) {
    std::string bytes[2];
    for (std::string& text : bytes) {
      for (state = state * 1664525 + 1013904223; text.size() < (state >> 8) % 90;
           state = state * 1664525 + 1013904223) {
        text += "@+.gmail.com\0\xFF-_1"[(state >> 16) % 18];
      }
    }
    const FraudFlags flags = find_fraud_flags(with_email(bytes[0]), with_email(bytes[1]));
    EXPECT_EQ(flags, find_fraud_flags(with_email(bytes[1]), with_email(bytes[0])));
  }
}

}  // namespace
}  // namespace refedge
