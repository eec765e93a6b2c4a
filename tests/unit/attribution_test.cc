#include "refedge/attribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr std::int64_t kNow = 1700000000;
constexpr std::string_view kCustomer = "friend@shop.example";

constexpr EvidenceKind kKinds[] = {EvidenceKind::kVoucherCode, EvidenceKind::kEdgeCookie,
                                   EvidenceKind::kBrowserCookie, EvidenceKind::kPayloadRef,
                                   EvidenceKind::kReferrerEmail};

Evidence piece(EvidenceKind kind, std::string_view referrer, std::optional<std::int64_t> seen_at) {
  return {kind, referrer, "referrer@shop.example", seen_at};
}

AttributionDecision decide(const std::vector<Evidence>& evidence, const AttributionRule& rule = {}) {
  return *attribute(evidence, kCustomer, rule, kNow);
}

TEST(Attribution, of_two_kinds_the_stronger_wins_whatever_the_order_and_age) {
  for (const EvidenceKind strong : kKinds) {
    for (const EvidenceKind weak : kKinds) {
      if (strong >= weak) continue;
      const std::vector<Evidence> evidence = {piece(weak, "w", kNow), piece(strong, "s", kNow - 1000)};
      EXPECT_EQ(decide(evidence).winner, 1U);
      EXPECT_EQ(decide({evidence[1], evidence[0]}).winner, 0U);
      EXPECT_EQ(decide(evidence).verdicts[0], EvidenceVerdict::kWeakerKind);
    }
  }
}

// A decision must not depend on how the host gathered the pieces, but for exact ties.
TEST(Attribution, the_order_of_the_evidence_does_not_matter) {
  std::vector<Evidence> evidence = {
      piece(EvidenceKind::kEdgeCookie, "a", kNow - 30), piece(EvidenceKind::kEdgeCookie, "b", kNow - 20),
      piece(EvidenceKind::kEdgeCookie, "c", std::nullopt), piece(EvidenceKind::kPayloadRef, "d", kNow),
      piece(EvidenceKind::kVoucherCode, "", std::nullopt)};
  const auto by_id = [](const Evidence& a, const Evidence& b) { return a.referrer_id < b.referrer_id; };
  std::sort(evidence.begin(), evidence.end(), by_id);
  int orders = 0;
  do {
    const auto last = decide(evidence);
    const auto first = decide(evidence, {ClickRule::kFirstClick, 3600});
    EXPECT_EQ(evidence[last.winner.value_or(0)].referrer_id, "b");
    EXPECT_EQ(evidence[first.winner.value_or(0)].referrer_id, "a");
    ++orders;
  } while (std::next_permutation(evidence.begin(), evidence.end(), by_id));
  EXPECT_EQ(orders, 120);
}

TEST(Attribution, there_is_one_verdict_for_each_piece_and_one_winner) {
  const auto decision =
      decide({piece(EvidenceKind::kEdgeCookie, "a", kNow), piece(EvidenceKind::kPayloadRef, "b", kNow)});
  EXPECT_EQ(decision.verdicts.size(), 2U);
  EXPECT_EQ(std::count(decision.verdicts.begin(), decision.verdicts.end(), EvidenceVerdict::kWon), 1);
  EXPECT_EQ(decision.rule_version, kAttributionRuleVersion);
}

TEST(Attribution, no_date_and_no_window_overflow) {
  const std::int64_t lowest = INT64_MIN;
  const std::int64_t highest = INT64_MAX;
  const std::vector<Evidence> evidence = {piece(EvidenceKind::kEdgeCookie, "a", lowest),
                                          piece(EvidenceKind::kEdgeCookie, "b", highest)};
  for (const std::int64_t now : {std::int64_t{0}, highest}) {
    for (const std::int64_t window : {std::int64_t{0}, highest}) {
      const auto decision = attribute(evidence, kCustomer, {ClickRule::kLastClick, window}, now);
      ASSERT_TRUE(decision);
      EXPECT_EQ(decision->verdicts[0], EvidenceVerdict::kOutsideWindow);
    }
  }
}

TEST(Attribution, limits_and_negative_times_are_refused) {
  const std::vector<Evidence> most(kMaxEvidence, piece(EvidenceKind::kEdgeCookie, "a", kNow));
  EXPECT_TRUE(attribute(most, kCustomer, {}, kNow));
  const std::vector<Evidence> more(kMaxEvidence + 1, most.front());
  EXPECT_EQ(attribute(more, kCustomer, {}, kNow).error(), (Error{Errc::kTooMany, "evidence"}));
  EXPECT_EQ(attribute({}, kCustomer, {ClickRule::kLastClick, -1}, kNow).error(),
            (Error{Errc::kInvalidField, "window"}));
  EXPECT_EQ(attribute({}, kCustomer, {}, -1).error(), (Error{Errc::kInvalidField, "now"}));
}

TEST(Attribution, names_are_fixed) {
  const std::string_view kinds[] = {"voucher_code", "edge_cookie", "browser_cookie", "payload_ref",
                                    "referrer_email"};
  for (int i = 1; i <= 5; ++i) EXPECT_EQ(evidence_kind_name(static_cast<EvidenceKind>(i)), kinds[i - 1]);
  const std::string_view verdicts[] = {"won",           "unknown_referrer", "outside_window", "in_the_future",
                                       "self_referral", "weaker_kind",      "other_click_won"};
  for (int i = 1; i <= 7; ++i)
    EXPECT_EQ(evidence_verdict_name(static_cast<EvidenceVerdict>(i)), verdicts[i - 1]);
  EXPECT_EQ(evidence_kind_name(static_cast<EvidenceKind>(0)), "unknown");
  EXPECT_EQ(evidence_kind_name(static_cast<EvidenceKind>(6)), "unknown");
  EXPECT_EQ(evidence_verdict_name(static_cast<EvidenceVerdict>(8)), "unknown");
}

}  // namespace
}  // namespace refedge
