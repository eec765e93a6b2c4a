#include "refedge/consent.h"

#include <gtest/gtest.h>

#include <string>

#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr ConsentRule kCookieRule = {ConsentSource::kCookie, "consent", "yes"};

TEST(Consent, the_default_rule_takes_consent_for_given_and_honours_gpc) {
  EXPECT_EQ(judge_consent({}, {}), Consent::kImplied);
  EXPECT_EQ(judge_consent({}, {.sec_gpc = "1"}), Consent::kGlobalPrivacyControl);
  EXPECT_EQ(judge_consent({}, {.dnt = "1"}), Consent::kImplied);
  EXPECT_EQ(check_consent_rule({}).code, Errc::kOk);
}

TEST(Consent, only_implied_and_given_allow) {
  EXPECT_TRUE(may_store(Consent::kImplied));
  EXPECT_TRUE(may_store(Consent::kGiven));
  for (const Consent consent : {Consent::kNotAsked, Consent::kRefused, Consent::kGlobalPrivacyControl,
                                Consent::kDoNotTrack, static_cast<Consent>(0), static_cast<Consent>(99)}) {
    EXPECT_FALSE(may_store(consent));
  }
}

TEST(Consent, a_rule_that_is_none_allows_nothing) {
  const ConsentSignals all = {.cookie = "consent=yes; =yes; a=yes", .header = "yes"};
  for (const ConsentRule& rule :
       {ConsentRule{ConsentSource::kCookie, "", ""}, ConsentRule{ConsentSource::kHeader, "", ""},
        ConsentRule{ConsentSource::kCookie, "consent", ""},
        ConsentRule{ConsentSource::kCookie, "consent", ","}}) {
    EXPECT_NE(check_consent_rule(rule).code, Errc::kOk);
    EXPECT_FALSE(may_store(judge_consent(rule, all)));
  }
  const ConsentRule unknown = {static_cast<ConsentSource>(9), "consent", "yes"};
  EXPECT_EQ(check_consent_rule(unknown), (Error{Errc::kInvalidField, "source"}));
}

TEST(Consent, checks_the_lengths_of_a_rule) {
  const std::string name(kMaxKeyLength, 'a');
  const std::string values(kMaxValueLength, 'a');
  EXPECT_EQ(check_consent_rule({ConsentSource::kHeader, name, values}).code, Errc::kOk);
  EXPECT_EQ(check_consent_rule({ConsentSource::kHeader, name + "a", values}),
            (Error{Errc::kTooLong, "name"}));
  EXPECT_EQ(check_consent_rule({ConsentSource::kHeader, name, values + "a"}),
            (Error{Errc::kTooLong, "values"}));
}

TEST(Consent, one_star_alone_is_any_value) {
  EXPECT_EQ(judge_consent({ConsentSource::kCookie, "a", "*"}, {.cookie = "a=x"}), Consent::kGiven);
  EXPECT_EQ(judge_consent(kCookieRule, {.cookie = "consent=y"}), Consent::kRefused);
}

TEST(Consent, names_are_fixed) {
  const char* names[] = {"implied",     "given", "not_asked", "refused", "global_privacy_control",
                         "do_not_track"};
  for (int i = 0; i < 6; ++i) EXPECT_EQ(consent_name(static_cast<Consent>(i + 1)), names[i]);
  EXPECT_EQ(consent_name(static_cast<Consent>(0)), "unknown");
  EXPECT_EQ(consent_name(static_cast<Consent>(7)), "unknown");
}

}  // namespace
}  // namespace refedge
