#include "refedge/capture.h"

#include <gtest/gtest.h>

#include <string>

#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;
const ReferralCookie kCookie = {"k7", "018bcfe5-6800-7000-8000-000000000000", kNow - 10};

TEST(Capture, a_repeat_is_the_same_code_with_a_click_id_within_the_window) {
  EXPECT_TRUE(is_repeat_click(kCookie, "k7", kNow, 11));
  EXPECT_FALSE(is_repeat_click(kCookie, "k7", kNow, 10));
  EXPECT_FALSE(is_repeat_click(kCookie, "k8", kNow, 11));
  EXPECT_FALSE(is_repeat_click({"k7", "", kNow - 10}, "k7", kNow, 11));
}

TEST(Capture, a_clock_may_be_ahead_by_the_skew_and_no_more) {
  const ReferralCookie ahead = {"k7", kCookie.click_id, kNow + kMaxClockSkewSeconds};
  EXPECT_TRUE(is_repeat_click(ahead, "k7", kNow, 1));
  EXPECT_FALSE(is_repeat_click(ahead, "k7", kNow - 1, 1));
}

TEST(Capture, sets_a_cookie_for_a_person_who_may_be_remembered) {
  const Capture capture = judge_capture({"?ref=k7", VisitVerdict::kHuman, true, nullptr, kNow, 60});
  EXPECT_EQ(capture.verdict, CaptureVerdict::kSet);
  EXPECT_EQ(capture.code, "k7");
}

TEST(Capture, keeps_the_cookie_that_has_the_click_id) {
  const Capture capture = judge_capture({"?ref=k7", VisitVerdict::kHuman, true, &kCookie, kNow, 60});
  EXPECT_EQ(capture.verdict, CaptureVerdict::kSameClick);
  EXPECT_EQ(judge_capture({"?ref=k8", VisitVerdict::kHuman, true, &kCookie, kNow, 60}).verdict,
            CaptureVerdict::kSet);
}

TEST(Capture, says_no_ref_at_once_for_pages_without_one) {
  EXPECT_EQ(judge_capture({}).verdict, CaptureVerdict::kNoRef);
  EXPECT_EQ(judge_capture({"?q=shoes&page=2"}).verdict, CaptureVerdict::kNoRef);
  EXPECT_EQ(judge_capture({"?prefer=x"}).verdict, CaptureVerdict::kNoRef);
}

TEST(Capture, names_are_fixed) {
  const char* names[] = {"set", "no_ref", "invalid_ref", "not_human", "no_consent", "same_click"};
  for (int i = 0; i < 6; ++i) EXPECT_EQ(capture_verdict_name(static_cast<CaptureVerdict>(i + 1)), names[i]);
  EXPECT_EQ(capture_verdict_name(static_cast<CaptureVerdict>(0)), "unknown");
  EXPECT_EQ(capture_verdict_name(static_cast<CaptureVerdict>(7)), "unknown");
}

}  // namespace
}  // namespace refedge
