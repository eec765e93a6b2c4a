#include "refedge/webhook.h"

#include <gtest/gtest.h>

#include <vector>

#include "refedge/base64.h"
#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr std::int64_t kNow = 1674087231;
constexpr WebhookMessage kMessage = {"msg_1", "1674087231", R"({"type":"referral.confirmed"})"};

std::string make_secret(char fill, std::size_t length = 32) {
  return "whsec_" + base64_encode(std::string(length, fill));
}

Result<Verified> verify(const WebhookMessage& message, std::string_view signature, const std::string& secret,
                        std::int64_t now = kNow) {
  const std::string_view secrets[] = {secret};
  return verify_webhook(message, signature, secrets, now);
}

TEST(Webhook, what_is_signed_verifies) {
  for (const std::size_t length : {kMinWebhookKeyLength, std::size_t{32}, kMaxWebhookKeyLength}) {
    const std::string secret = make_secret('k', length);
    const auto signature = sign_webhook(kMessage, secret);
    ASSERT_TRUE(signature);
    EXPECT_TRUE(verify(kMessage, *signature, secret));
  }
}

TEST(Webhook, the_usual_tolerance_is_five_minutes) {
  const std::string secret = make_secret('k');
  const std::string signature = *sign_webhook(kMessage, secret);
  EXPECT_TRUE(verify(kMessage, signature, secret, kNow + 300));
  EXPECT_TRUE(verify(kMessage, signature, secret, kNow - 300));
  EXPECT_EQ(verify(kMessage, signature, secret, kNow + 301).error(), (Error{Errc::kTooOld, "timestamp"}));
  EXPECT_EQ(verify(kMessage, signature, secret, kNow - 301).error(),
            (Error{Errc::kInTheFuture, "timestamp"}));
}

TEST(Webhook, a_clock_below_zero_is_refused) {
  const std::string secret = make_secret('k');
  const std::string signature = *sign_webhook(kMessage, secret);
  const std::string_view secrets[] = {secret};
  EXPECT_EQ(verify_webhook(kMessage, signature, secrets, -1, 300).error(),
            (Error{Errc::kInvalidField, "now"}));
  EXPECT_EQ(verify_webhook(kMessage, signature, secrets, kNow, -1).error(),
            (Error{Errc::kInvalidField, "tolerance_seconds"}));
}

// Rotation: the sender signs with both, the receiver drops the old secret when it likes.
TEST(Webhook, secrets_rotate) {
  const std::string old_secret = make_secret('o');
  const std::string new_secret = make_secret('n');
  const std::string both = *sign_webhook(kMessage, old_secret) + ' ' + *sign_webhook(kMessage, new_secret);
  EXPECT_TRUE(verify(kMessage, both, old_secret));
  EXPECT_TRUE(verify(kMessage, both, new_secret));
  EXPECT_EQ(verify(kMessage, both, make_secret('x')).error(), (Error{Errc::kSignatureMismatch, "signature"}));
}

TEST(Webhook, no_changed_character_verifies) {
  const std::string secret = make_secret('k');
  const std::string signature = *sign_webhook(kMessage, secret);
  for (std::size_t i = 0; i < signature.size(); ++i) {
    std::string other = signature;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(verify(kMessage, other, secret)) << i;
  }
}

TEST(Webhook, no_error_repeats_the_secret) {
  const std::string secret = "whsec_s3cr3t-value";
  EXPECT_EQ(sign_webhook(kMessage, secret).error(), (Error{Errc::kInvalidKey, "secret"}));
}

}  // namespace
}  // namespace refedge
