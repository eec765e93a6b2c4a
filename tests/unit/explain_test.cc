#include "refedge/explain.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "refedge/limits.h"

namespace refedge {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kNow = 1700000000;
constexpr std::string_view kCustomer = "friend@shop.example";

Evidence piece(EvidenceKind kind, std::string_view referrer, std::optional<std::int64_t> seen_at) {
  return {kind, referrer, "referrer@shop.example", seen_at};
}

// Evidence of all sorts, different for each seed.
std::vector<Evidence> some_evidence(std::uint32_t seed) {
  static constexpr std::string_view kIds[] = {"", "r1", "r2", "r3"};
  std::vector<Evidence> evidence;
  for (std::uint32_t state = seed; evidence.size() < seed % 17;) {
    state = state * 1664525 + 1013904223;
    const auto age = static_cast<std::int64_t>((state >> 4) % 5000000) - 1000000;
    Evidence one =
        piece(static_cast<EvidenceKind>(1 + (state >> 8) % 5), kIds[(state >> 12) % 4], kNow - age);
    if ((state >> 16) % 4 == 0) one.seen_at.reset();
    if ((state >> 20) % 4 == 0) one.referrer_email = kCustomer;
    evidence.push_back(one);
  }
  return evidence;
}

TEST(Explain, whatever_attribute_decides_can_be_explained) {
  int explained = 0;
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    const auto evidence = some_evidence(seed);
    const AttributionRule rule = {seed % 2 == 0 ? ClickRule::kLastClick : ClickRule::kFirstClick, 2592000};
    const auto decision = attribute(evidence, kCustomer, rule, kNow);
    const auto text = explain_decision(evidence, *decision, rule, kNow);
    ASSERT_TRUE(text.has_value());
    const Json json = Json::parse(*text);
    EXPECT_EQ(json.dump(), *text);
    ASSERT_EQ(json["evidence"].size(), evidence.size());
    EXPECT_EQ(json["referrer_id"].is_null(), !decision->winner);
    EXPECT_EQ(json["reason"] == "won", decision->winner.has_value());
    for (std::size_t i = 0; i < evidence.size(); ++i) {
      EXPECT_EQ(json["evidence"][i]["verdict"], std::string(evidence_verdict_name(decision->verdicts[i])));
      EXPECT_FALSE(json["evidence"][i]["why"].get<std::string>().empty());
    }
    EXPECT_EQ(text->find('@'), std::string::npos);
    EXPECT_EQ(*explain_decision(evidence, *decision, rule, kNow), *text);
    ++explained;
  }
  EXPECT_EQ(explained, 500);
}

TEST(Explain, a_winner_and_the_verdicts_must_agree) {
  const std::vector<Evidence> evidence = {piece(EvidenceKind::kEdgeCookie, "r1", kNow),
                                          piece(EvidenceKind::kEdgeCookie, "r2", kNow)};
  const Error wrong = {Errc::kInvalidField, "decision"};
  const auto won = EvidenceVerdict::kWon;
  const auto lost = EvidenceVerdict::kOtherClickWon;
  const std::vector<AttributionDecision> decisions = {{std::nullopt, {won, lost}, 1},
                                                      {1, {won, lost}, 1},
                                                      {0, {won}, 1},
                                                      {2, {lost, lost}, 1},
                                                      {0, {won, won}, 1},
                                                      {0, {won, lost, lost}, 1},
                                                      {0, {}, 1}};
  for (const auto& decision : decisions) {
    EXPECT_EQ(explain_decision(evidence, decision, {}, kNow).error(), wrong);
  }
}

TEST(Explain, an_unknown_verdict_and_kind_are_called_so) {
  const std::vector<Evidence> evidence = {piece(static_cast<EvidenceKind>(99), "r1", kNow)};
  const auto text =
      explain_decision(evidence, {std::nullopt, {static_cast<EvidenceVerdict>(99)}, 7}, {}, kNow);
  const Json json = Json::parse(*text);
  EXPECT_EQ(json["rule"]["version"], 7);
  EXPECT_EQ(json["evidence"][0]["kind"], "unknown");
  EXPECT_EQ(json["evidence"][0]["verdict"], "unknown");
}

TEST(Explain, dates_before_1970_are_written) {
  const std::vector<Evidence> evidence = {piece(EvidenceKind::kEdgeCookie, "r1", INT64_MIN)};
  const auto text =
      explain_decision(evidence, {std::nullopt, {EvidenceVerdict::kOutsideWindow}, 1}, {}, kNow);
  EXPECT_NE(text->find("\"seen_at\":-9223372036854775808,"), std::string::npos);
}

TEST(Explain, an_id_must_not_be_an_address_even_of_a_loser) {
  const std::vector<Evidence> evidence = {piece(EvidenceKind::kEdgeCookie, "r1", kNow),
                                          piece(EvidenceKind::kPayloadRef, "anna@shop.example", kNow)};
  const auto decision = attribute(evidence, kCustomer, {}, kNow);
  EXPECT_EQ(explain_decision(evidence, *decision, {}, kNow).error(),
            (Error{Errc::kInvalidField, "evidence[1].referrer_id"}));
}

}  // namespace
}  // namespace refedge
