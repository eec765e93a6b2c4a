#include "refedge/handoff.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;
const std::string kKeyBytes(kMinCookieKeyLength, 'k');
const std::string kOtherBytes(kMaxCookieKeyLength, 'o');
const CookieKey kKey = {'a', kKeyBytes};
const std::vector<CookieKey> kRing = {{'b', kOtherBytes}, kKey};
const ReferralCookie kCookie = {"k7", "018bcfe5-6800-7000-8000-000000000000", kNow - 86400};

Errc refusal_of(std::string_view token, std::int64_t now = kNow) {
  const auto verified = verify_handoff(token, kRing, now);
  if (verified) return Errc::kOk;
  EXPECT_EQ(verified.error().field, "refedge_handoff");
  return verified.error().code;
}

TEST(Handoff, what_is_signed_is_read_again) {
  const auto token = sign_handoff(kCookie, kNow, kKey);
  ASSERT_TRUE(token);
  EXPECT_TRUE(token->starts_with("h1.1700000000.1.k7.018bcfe5-6800-7000-8000-000000000000.1699913600.a"));
  EXPECT_EQ(*verify_handoff(*token, kRing, kNow), kCookie);
  EXPECT_EQ(*parse_handoff(*token), kCookie);
}

TEST(Handoff, lives_five_minutes_in_either_direction) {
  const std::string token = *sign_handoff(kCookie, kNow, kKey);
  EXPECT_EQ(refusal_of(token, kNow + kHandoffLifeSeconds), Errc::kOk);
  EXPECT_EQ(refusal_of(token, kNow + kHandoffLifeSeconds + 1), Errc::kTooOld);
  EXPECT_EQ(refusal_of(token, kNow - kHandoffLifeSeconds), Errc::kOk);
  EXPECT_EQ(refusal_of(token, kNow - kHandoffLifeSeconds - 1), Errc::kInTheFuture);
}

TEST(Handoff, no_part_of_it_can_be_changed_or_used_as_a_cookie) {
  const std::string token = *sign_handoff(kCookie, kNow, kKey);
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == '1' ? '2' : '1';
    EXPECT_NE(refusal_of(changed), Errc::kOk) << changed;
  }
  const std::string cookie = token.substr(token.find(".1.") + 1);
  EXPECT_EQ(verify_cookie(cookie, kRing).error().code, Errc::kSignatureMismatch);
  EXPECT_EQ(refusal_of("h1.1700000000." + *sign_cookie(kCookie, kKey)), Errc::kSignatureMismatch);
}

TEST(Handoff, refuses_what_is_none) {
  for (const char* token :
       {"", "h1", "h1.", "h1.1700000000", "h1.1700000000.", "h2.1700000000.1.k7..1", "h1.01.1.k7..1.",
        "h1.-1.1.k7..1", "h1.x.1.k7..1", "h1.253402300800.1.k7..1", "1.k7..1700000000"}) {
    EXPECT_EQ(refusal_of(token), Errc::kInvalidField) << token;
    EXPECT_FALSE(parse_handoff(token)) << token;
  }
  EXPECT_EQ(refusal_of("h1.1700000000.1.k7..1"), Errc::kInvalidField) << "no tag";
  EXPECT_EQ(refusal_of("h1.1700000000.2.k7..1"), Errc::kUnsupportedVersion);
  EXPECT_EQ(refusal_of("h1.1700000000.1.k7..1.z" + std::string(22, 'A')), Errc::kUnknownKeyId);
}

TEST(Handoff, refuses_keys_and_times_of_the_wrong_form) {
  EXPECT_EQ(sign_handoff(kCookie, -1, kKey).error().field, "issued");
  EXPECT_EQ(sign_handoff(kCookie, kNow, {'a', "short"}).error().code, Errc::kInvalidKey);
  EXPECT_EQ(sign_handoff({"", {}, 0}, kNow, kKey).error().field, "code");
  const std::string token = *sign_handoff(kCookie, kNow, kKey);
  EXPECT_EQ(verify_handoff(token, std::vector<CookieKey>{{'a', "short"}}, kNow).error().code,
            Errc::kInvalidKey);
  EXPECT_EQ(verify_handoff(token, std::vector<CookieKey>(kMaxCookieKeys + 1, kKey), kNow).error().code,
            Errc::kTooMany);
}

}  // namespace
}  // namespace refedge
