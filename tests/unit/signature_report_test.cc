#include "refedge/signature_report.h"

#include <gtest/gtest.h>

#include <set>

#include "refedge/limits.h"
#include "refedge/signature.h"

namespace refedge {
namespace {

constexpr int kNumReasons = 13;
constexpr std::string_view kSecretKey = "afd46269f68a4b63b6a926d8bad9f5b5";

TEST(SignatureReport, names_are_fixed_to_numbers) {
  const char* const names[kNumReasons] = {"unknown",         "holds",        "unexplained", "escaped_slashes",
                                          "escaped_unicode", "spaces",       "given_order", "trimmed_values",
                                          "secret_missing",  "secret_first", "hmac",        "unnamed_key",
                                          "unhashed_key"};
  for (int i = 0; i < kNumReasons; ++i)
    EXPECT_EQ(signature_reason_name(static_cast<SignatureReason>(i)), names[i]);
  EXPECT_EQ(signature_reason_name(static_cast<SignatureReason>(kNumReasons)), "unknown");
}

TEST(SignatureReport, every_reason_has_a_sentence_of_its_own) {
  std::set<std::string_view> messages;
  for (int i = 0; i < kNumReasons; ++i)
    messages.insert(signature_reason_message(static_cast<SignatureReason>(i)));
  EXPECT_EQ(messages.size(), std::size_t{kNumReasons});
  for (const auto message : messages) EXPECT_TRUE(message.ends_with('.'));
}

TEST(SignatureReport, what_holds_is_said_to_hold) {
  const std::vector<Field> fields = {{"name", "John Doe"}, {"email", "john@doe.com"}};
  const auto signature = build_signature(fields, "name, email", kSecretKey);
  const auto findings = explain_signature_mismatch(fields, "name, email", *signature, kSecretKey);
  ASSERT_TRUE(findings);
  EXPECT_EQ(*findings, (std::vector<SignatureFinding>{{SignatureReason::kHolds, {}}}));
}

// An encoder that escapes slashes makes no difference where there are none: no reason is named that changes
// nothing.
TEST(SignatureReport, the_fewest_reasons_win) {
  const std::vector<Field> fields = {{"b", "x"}, {"a", "y"}};
  const auto signature = build_signature(fields, "b", kSecretKey);
  const auto findings = explain_signature_mismatch(fields, "b,a", *signature, kSecretKey);
  ASSERT_TRUE(findings);
  EXPECT_EQ(*findings, (std::vector<SignatureFinding>{{SignatureReason::kUnhashedKey, "a"}}));
}

// The most that a caller can ask for, of the text that grows most, comes to an end.
TEST(SignatureReport, the_largest_report_is_bounded) {
  std::vector<std::string> keys;
  std::string signed_keys;
  for (std::size_t i = 0; i < kMaxFields; ++i) keys.push_back(std::string(1 + i, 'k'));
  for (std::size_t i = 0; i < kMaxSignedKeys; ++i) signed_keys += (i == 0 ? "" : ",") + keys[i];
  const std::string value(kMaxReportLength / kMaxFields - kMaxFields, '\x01');
  std::vector<Field> fields;
  for (const std::string& key : keys) fields.push_back({key, value});
  const auto findings = explain_signature_mismatch(fields, signed_keys, std::string(64, '0'), kSecretKey);
  ASSERT_TRUE(findings);
  EXPECT_EQ(*findings, (std::vector<SignatureFinding>{{SignatureReason::kUnexplained, {}}}));
}

}  // namespace
}  // namespace refedge
