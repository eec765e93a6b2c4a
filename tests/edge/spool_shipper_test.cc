#include "edge/agent/spool_shipper.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "edge/agent/click_batch.h"
#include "edge/spool/spool_writer.h"
#include "refedge/click_id.h"
#include "tests/edge/temp_dir.h"
#include "tests/edge/test_origin.h"

namespace refedge::edge {
namespace {

using testing::OriginAnswer;
using testing::OriginRequest;
using testing::TempDir;
using testing::TestOrigin;

constexpr std::uint64_t kNow = 1718000000000;

// An intake as the contract says: durable, unique by click id, refusing a batch with a poisoned code as a whole.
struct Intake {
  OriginAnswer operator()(const OriginRequest& request) {
    if (status != 200) return {status, "not now", false};
    const auto clicks = nlohmann::json::parse(request.body).at("clicks");
    largest = std::max(largest, clicks.size());
    if (clicks.size() > max_clicks) return {413, "", false};
    for (const auto& click : clicks)
      if (click.at("code") == "poison") return {422, R"({"errors":[{"field":"clicks[0].code"}]})", false};
    std::size_t accepted = 0;
    for (const auto& click : clicks) {
      const bool is_new = codes.emplace(click.at("click_id").get<std::string>(), click.at("code").get<std::string>()).second;
      accepted += is_new ? 1 : 0;
    }
    if (lose_answer) return {200, "", true};
    const nlohmann::json answer = {{"accepted", accepted}, {"duplicates", clicks.size() - accepted}};
    return {200, answer.dump(), false};
  }

  unsigned status = 200;
  bool lose_answer = false;
  std::size_t max_clicks = 1000;
  std::size_t largest = 0;
  std::map<std::string, std::string> codes;
};

class SpoolShipperTest : public ::testing::Test {
 protected:
  void spool(const std::vector<std::string>& codes) {
    SpoolWriter writer({.directory = dir_.path()});
    for (const std::string& code : codes) {
      const std::string id = next_id();
      std::array<char, kMaxClickPayload> buffer{};
      const auto length = encode_click({id, code, "00112233-4455-6677-8899-aabbccddeeff", kNow, VisitVerdict::kHuman}, buffer);
      ASSERT_TRUE(length);
      ASSERT_EQ(writer.append({buffer.data(), *length}, kNow + clicks_), AppendOutcome::kStored);
    }
  }

  void spool_raw(const std::string& payload) {
    SpoolWriter writer({.directory = dir_.path()});
    ASSERT_EQ(writer.append(payload, kNow), AppendOutcome::kStored);
  }

  std::string next_id() {
    ++clicks_;
    std::array<std::uint8_t, 10> random{};
    random[8] = static_cast<std::uint8_t>(clicks_ >> 8);
    random[9] = static_cast<std::uint8_t>(clicks_);
    return make_click_id(kNow, random);
  }

  SpoolShipper make() {
    auto http = HttpClient::open({.origin = origin_.url(), .token = "t"}, stop_);
    EXPECT_TRUE(http);
    auto reader = SpoolReader::open(dir_.path());
    EXPECT_TRUE(reader);
    return SpoolShipper(*std::move(http), *std::move(reader), dir_.path(), counts_);
  }

  std::size_t segments() {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(dir_.path()))
      if (entry.path().extension() == ".spool") ++count;
    return count;
  }

  std::vector<nlohmann::json> rejected() {
    std::vector<nlohmann::json> lines;
    std::ifstream file(dir_ / "rejected.bad");
    for (std::string line; std::getline(file, line);) lines.push_back(nlohmann::json::parse(line));
    return lines;
  }

  TempDir dir_;
  StopSignal stop_;
  AgentCounts counts_;
  std::uint64_t clicks_ = 0;
  Intake intake_;
  TestOrigin origin_{[this](const OriginRequest& request) { return intake_(request); }};
};

TEST_F(SpoolShipperTest, ships_and_deletes) {
  spool({"a", "b", "c"});
  auto shipper = make();
  EXPECT_EQ(shipper.ship(), ShipOutcome::kShipped);
  EXPECT_EQ(intake_.codes.size(), 3u);
  EXPECT_EQ(counts_.clicks_delivered, 3u);
  EXPECT_EQ(segments(), 0u);
  EXPECT_EQ(shipper.ship(), ShipOutcome::kIdle);
  EXPECT_EQ(origin_.requests().size(), 1u) << "an empty spool is not shipped";
}

TEST_F(SpoolShipperTest, a_batch_holds_a_thousand) {
  spool(std::vector<std::string>(1001, "a"));
  auto shipper = make();
  EXPECT_EQ(shipper.ship(), ShipOutcome::kShipped);
  EXPECT_EQ(intake_.codes.size(), 1000u);
  EXPECT_EQ(shipper.ship(), ShipOutcome::kShipped);
  EXPECT_EQ(intake_.codes.size(), 1001u);
  EXPECT_EQ(intake_.largest, 1000u);
}

TEST_F(SpoolShipperTest, deletes_nothing_until_the_origin_accounts_for_it) {
  spool({"a", "b"});
  auto shipper = make();
  for (const unsigned status : {500u, 503u, 401u, 404u, 302u, 207u}) {
    intake_.status = status;
    EXPECT_EQ(shipper.ship(), ShipOutcome::kFailed) << status;
    EXPECT_EQ(segments(), 1u);
  }
  intake_.status = 200;
  EXPECT_EQ(shipper.ship(), ShipOutcome::kShipped);
  EXPECT_EQ(intake_.codes.size(), 2u);
  EXPECT_EQ(segments(), 0u);
  EXPECT_TRUE(rejected().empty());
}

TEST_F(SpoolShipperTest, an_answer_that_got_lost_makes_duplicates_that_count_as_delivered) {
  spool({"a", "b"});
  intake_.lose_answer = true;
  auto shipper = make();
  EXPECT_EQ(shipper.ship(), ShipOutcome::kFailed);
  EXPECT_EQ(intake_.codes.size(), 2u);
  intake_.lose_answer = false;
  EXPECT_EQ(shipper.ship(), ShipOutcome::kShipped);
  EXPECT_EQ(intake_.codes.size(), 2u);
  EXPECT_EQ(segments(), 0u);
}

TEST_F(SpoolShipperTest, a_refused_click_is_parked_and_the_others_arrive) {
  std::vector<std::string> codes(50, "good");
  codes[0] = codes[17] = codes[49] = "poison";
  spool(codes);
  auto shipper = make();
  EXPECT_EQ(shipper.ship(), ShipOutcome::kShipped);
  EXPECT_EQ(intake_.codes.size(), 47u);
  const auto parked = rejected();
  ASSERT_EQ(parked.size(), 3u);
  for (const auto& line : parked) {
    EXPECT_EQ(line.at("click").at("code"), "poison");
    EXPECT_NE(line.at("reason").get<std::string>().find("clicks[0].code"), std::string::npos);
  }
  EXPECT_EQ(segments(), 0u);
}

TEST_F(SpoolShipperTest, a_click_is_parked_once_although_its_batch_failed_later) {
  spool({"poison", "good"});
  intake_.lose_answer = true;
  auto shipper = make();
  EXPECT_EQ(shipper.ship(), ShipOutcome::kFailed);
  EXPECT_EQ(shipper.ship(), ShipOutcome::kFailed);
  intake_.lose_answer = false;
  EXPECT_EQ(shipper.ship(), ShipOutcome::kShipped);
  EXPECT_EQ(rejected().size(), 1u);
}

TEST_F(SpoolShipperTest, an_intake_with_a_smaller_limit_gets_smaller_batches) {
  intake_.max_clicks = 3;
  spool(std::vector<std::string>(20, "a"));
  auto shipper = make();
  EXPECT_EQ(shipper.ship(), ShipOutcome::kShipped);
  EXPECT_EQ(intake_.codes.size(), 20u);
  intake_.max_clicks = 0;
  spool({"b"});
  EXPECT_EQ(shipper.ship(), ShipOutcome::kFailed);
  EXPECT_EQ(segments(), 1u);
}

TEST_F(SpoolShipperTest, a_payload_that_is_no_click_is_parked_as_hex) {
  spool_raw("\x01\x09\xFF");
  spool({"a"});
  auto shipper = make();
  EXPECT_EQ(shipper.ship(), ShipOutcome::kShipped);
  EXPECT_EQ(intake_.codes.size(), 1u);
  const auto parked = rejected();
  ASSERT_EQ(parked.size(), 1u);
  EXPECT_EQ(parked[0].at("payload_hex"), "0109ff");
}

TEST_F(SpoolShipperTest, nothing_is_given_up_when_a_click_cannot_be_parked) {
  std::filesystem::create_directory(dir_ / "rejected.bad");
  spool({"poison"});
  auto shipper = make();
  EXPECT_EQ(shipper.ship(), ShipOutcome::kFailed);
  EXPECT_EQ(segments(), 1u);
  std::filesystem::remove(dir_ / "rejected.bad");
  EXPECT_EQ(shipper.ship(), ShipOutcome::kShipped);
  EXPECT_EQ(rejected().size(), 1u);
}

TEST_F(SpoolShipperTest, a_shipper_that_starts_again_sends_again_and_nothing_counts_twice) {
  SpoolWriter running({.directory = dir_.path()});
  std::array<char, kMaxClickPayload> buffer{};
  const std::string id = next_id();
  const auto length = encode_click({id, "a", "00112233-4455-6677-8899-aabbccddeeff", kNow, VisitVerdict::kHuman}, buffer);
  ASSERT_EQ(running.append({buffer.data(), *length}, kNow), AppendOutcome::kStored);
  { EXPECT_EQ(make().ship(), ShipOutcome::kShipped); }
  { EXPECT_EQ(make().ship(), ShipOutcome::kShipped); }
  EXPECT_EQ(intake_.codes.size(), 1u);
  EXPECT_EQ(segments(), 1u) << "the segment belongs to a running writer";
}

}  // namespace
}  // namespace refedge::edge
