#include "refedge/signature.h"

#include <gtest/gtest.h>

#include "core/canonical.h"
#include "core/json_object.h"
#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr std::string_view kSecretKey = "afd46269f68a4b63b6a926d8bad9f5b5";
const std::vector<Field> kJohnDoe = {{"name", "John Doe"}, {"email", "john@doe.com"}};

TEST(Signature, keys_are_split_and_trimmed_in_order) {
  const auto keys = parse_signed_keys(" name ,\temail,b c");
  ASSERT_TRUE(keys);
  EXPECT_EQ(*keys, (std::vector<std::string_view>{"name", "email", "b c"}));
}

TEST(Signature, keys_that_name_nothing_are_refused) {
  for (const std::string_view keys : {"", " ", ",", "a,", ",a", "a,,b", "a, ,b"}) {
    EXPECT_EQ(parse_signed_keys(keys).error(), (Error{Errc::kMissingField, "signed_keys"})) << keys;
  }
}

TEST(Signature, reserved_and_repeated_keys_are_refused) {
  EXPECT_EQ(parse_signed_keys("a,secret").error(), (Error{Errc::kInvalidField, "signed_keys"}));
  EXPECT_EQ(parse_signed_keys(" signature ").error(), (Error{Errc::kInvalidField, "signed_keys"}));
  EXPECT_EQ(parse_signed_keys("a, b, a").error(), (Error{Errc::kDuplicateField, "signed_keys"}));
  EXPECT_TRUE(parse_signed_keys("Secret,SIGNATURE,secret_"));
}

TEST(Signature, the_number_of_keys_has_a_limit) {
  std::string keys = "k0";
  for (std::size_t i = 1; i < kMaxSignedKeys; ++i) keys += ",k" + std::to_string(i);
  EXPECT_EQ(parse_signed_keys(keys)->size(), kMaxSignedKeys);
  EXPECT_EQ(parse_signed_keys(keys + ",one_more").error(), (Error{Errc::kTooMany, "signed_keys"}));
}

TEST(Signature, the_canonical_string_of_the_manual) {
  EXPECT_EQ(*build_canonical_string(kJohnDoe, "name, email", kSecretKey),
            R"({"email":"john@doe.com","name":"John Doe","secret":"afd46269f68a4b63b6a926d8bad9f5b5"})");
}

TEST(Signature, the_two_forms_differ_only_where_the_secret_stands) {
  const std::vector<Field> fields = {{"zip", "1"}, {"a", "2"}};
  auto selected = select_signed(fields, "zip,a", "s");
  ASSERT_TRUE(selected);
  EXPECT_EQ(write_checked(*selected), R"({"a":"2","zip":"1","secret":"s"})");
  sort_fields(*selected);
  EXPECT_EQ(write_checked(*selected), R"({"a":"2","secret":"s","zip":"1"})");
}

// Growing would leave the secret behind in the old block.
TEST(Signature, the_canonical_string_never_outgrows_its_first_block) {
  const std::string value(100, '\x01');
  const std::string secret(kMaxSecretKeyLength, '"');
  const auto canonical = build_canonical_string(std::vector<Field>{{"k", value}}, "k", secret);
  ASSERT_TRUE(canonical);
  EXPECT_GT(canonical->size(), 6 * value.size() + 2 * secret.size());
  EXPECT_GE(canonical->capacity(), 6 * (value.size() + secret.size()));
}

TEST(Signature, what_is_built_verifies) {
  const auto signature = build_signature(kJohnDoe, "name, email", kSecretKey);
  ASSERT_TRUE(signature);
  EXPECT_TRUE(verify_signature(kJohnDoe, "email,name", *signature, kSecretKey));
  EXPECT_FALSE(verify_signature(kJohnDoe, "email", *signature, kSecretKey));
}

TEST(Signature, every_flipped_bit_is_seen) {
  const std::string signature = *build_signature(kJohnDoe, "name, email", kSecretKey);
  for (std::size_t i = 0; i < signature.size(); ++i) {
    std::string other = signature;
    other[i] = other[i] == '0' ? '1' : '0';
    EXPECT_EQ(verify_signature(kJohnDoe, "name, email", other, kSecretKey).error(),
              (Error{Errc::kSignatureMismatch, "signature"}));
  }
}

TEST(Signature, no_error_repeats_the_secret) {
  const std::string secret = "s3cr3t-value";
  for (const auto& error :
       {build_signature(kJohnDoe, "x", secret).error(), build_signature(kJohnDoe, "", secret).error(),
        verify_signature(kJohnDoe, "name", std::string(64, 'a'), secret).error()}) {
    EXPECT_EQ(error.field.find(secret), std::string::npos);
  }
}

}  // namespace
}  // namespace refedge
