// Conversions from the spool to the origin: in order for each market, once, whatever fails in between.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "edge/agent/spool_shipper.h"
#include "edge/spool/conversion_payload.h"
#include "refedge/click_id.h"
#include "tests/edge/spool_files.h"
#include "tests/edge/temp_dir.h"
#include "tests/edge/test_origin.h"

namespace refedge::edge {
namespace {

using nlohmann::json;
using testing::files;
using testing::kNow;
using testing::OriginAnswer;
using testing::OriginRequest;
using testing::Strings;
using testing::TempDir;
using testing::TestOrigin;

// An intake as the contract says. An order is `<market>-<number>`.
struct Intake {
  OriginAnswer operator()(const OriginRequest& request) {
    if (request.target != "/edge/conversions") return {200, R"({"accepted":1,"duplicates":0})", false};
    json results = json::array();
    const json batch = json::parse(request.body);
    largest = std::max(largest, batch["conversions"].size());
    for (const json& one : batch["conversions"]) {
      const std::string order = json::parse(one["body"].get<std::string>())["order"];
      if (fails.contains(order)) return {500, "{}", false};
      const bool is_refused = refuses.contains(order);
      const bool is_new = !is_refused && known.insert(order).second;
      if (is_new) orders.push_back(order);
      results.push_back({{"conversion_id", one["conversion_id"]},
                         {"status", is_refused ? 422
                                    : is_new   ? 201
                                               : 200},
                         {"answer", {{"order_number", order}}}});
    }
    if (lose_answer) return {200, "", true};
    if (change) change(results);
    return {status, json{{"results", results}}.dump(), false};
  }

  std::set<std::string> fails;
  std::set<std::string> refuses;
  std::set<std::string> known;
  Strings orders;  // in the order in which they became known
  std::size_t largest = 0;
  unsigned status = 200;
  bool lose_answer = false;
  std::function<void(json&)> change;
};

class ConversionQueuesTest : public ::testing::Test {
 protected:
  static std::string payload(const std::string& order, std::uint64_t at_ms, std::size_t padding = 0) {
    const std::string body = json{{"order", order}, {"padding", std::string(padding, 'x')}}.dump();
    static std::uint64_t ids = 0;
    const std::string id = make_click_id(at_ms + ++ids, {});
    const std::string market = order.substr(0, order.find('-'));
    return *encode_conversion({id, market, at_ms, "text/plain", "", body});
  }

  void spool(const Strings& orders) {
    SpoolWriter writer({.directory = dir_.path()});
    for (const std::string& order : orders)
      ASSERT_EQ(writer.append(payload(order, kNow), kNow + ++spooled_), AppendOutcome::kStored);
  }

  SpoolShipper make() {
    auto http = HttpClient::open({.origin = origin_.url(), .token = "t"}, stop_);
    EXPECT_TRUE(http);
    auto reader = SpoolReader::open(dir_.path());
    EXPECT_TRUE(reader);
    return SpoolShipper(*std::move(http), *std::move(reader), dir_.path(), counts_);
  }

  // Ships until nothing moves.
  static void ship_all(SpoolShipper& shipper) {
    for (int i = 0; i < 1000 && shipper.ship() == ShipOutcome::kShipped; ++i) {
    }
  }

  // As ship_all, through the back-off of a market.
  template <class Condition>
  static bool ship_until(SpoolShipper& shipper, Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition() && std::chrono::steady_clock::now() < deadline) static_cast<void>(shipper.ship());
    return condition();
  }

  std::vector<json> rejected() {
    std::vector<json> lines;
    std::ifstream file(dir_ / "rejected.bad");
    for (std::string line; std::getline(file, line);) lines.push_back(json::parse(line));
    return lines;
  }

  TempDir dir_;
  StopSignal stop_;
  AgentCounts counts_;
  std::uint64_t spooled_ = 0;
  Intake intake_;
  TestOrigin origin_{[this](const OriginRequest& request) { return intake_(request); }};
};

TEST_F(ConversionQueuesTest, delivers_in_order_and_empties_the_spool) {
  spool({"a-1", "a-2", "a-3"});
  auto shipper = make();
  ship_all(shipper);
  EXPECT_EQ(intake_.orders, (Strings{"a-1", "a-2", "a-3"}));
  EXPECT_EQ(files(dir_.path()), Strings{});
  EXPECT_FALSE(shipper.has_waiting());
  EXPECT_EQ(counts_.conversions_delivered, 3u);
  EXPECT_EQ(counts_.conversions_waiting, 0u);
}

TEST_F(ConversionQueuesTest, between_workers_the_time_of_arrival_decides) {
  SpoolWriter one({.directory = dir_.path()});
  SpoolWriter other({.directory = dir_.path()});
  for (const std::uint64_t at : {1u, 3u, 5u})
    ASSERT_EQ(one.append(payload("a-" + std::to_string(at), kNow + at), kNow), AppendOutcome::kStored);
  for (const std::uint64_t at : {2u, 4u, 6u})
    ASSERT_EQ(other.append(payload("a-" + std::to_string(at), kNow + at), kNow + 1), AppendOutcome::kStored);
  auto shipper = make();
  ship_all(shipper);
  EXPECT_EQ(intake_.orders, (Strings{"a-1", "a-2", "a-3", "a-4", "a-5", "a-6"}));
}

TEST_F(ConversionQueuesTest, a_batch_has_a_hundred_or_what_the_intake_takes) {
  Strings many;
  for (int i = 0; i < 101; ++i) many.push_back("a-" + std::to_string(i));
  spool(many);
  auto shipper = make();
  ship_all(shipper);
  EXPECT_EQ(intake_.orders, many);
  EXPECT_EQ(intake_.largest, 100u);

  SpoolWriter writer({.directory = dir_.path()});
  for (int i = 0; i < 10; ++i)
    ASSERT_EQ(writer.append(payload("large-" + std::to_string(i), kNow, 60'000), kNow),
              AppendOutcome::kStored);
  ship_all(shipper);
  EXPECT_EQ(intake_.orders.size(), 111u);
  for (const OriginRequest& request : origin_.requests()) EXPECT_LE(request.body.size(), 512u * 1024u);
}

TEST_F(ConversionQueuesTest, a_conversion_that_fails_holds_up_its_market_alone) {
  intake_.fails = {"a-2"};
  spool({"a-1", "a-2", "a-3", "b-1", "b-2"});
  auto shipper = make();
  EXPECT_TRUE(ship_until(shipper, [&] { return counts_.conversions_waiting == 2; }));
  EXPECT_TRUE(intake_.known.contains("b-2") && intake_.known.contains("a-1"));
  EXPECT_FALSE(intake_.known.contains("a-3")) << "the order within a market is kept";
  EXPECT_TRUE(shipper.has_waiting());
  spool({"a-4", "b-3"});
  EXPECT_TRUE(ship_until(shipper, [&] { return intake_.known.contains("b-3"); }));
  EXPECT_FALSE(intake_.known.contains("a-4"));
  EXPECT_TRUE(rejected().empty());

  intake_.fails.clear();
  EXPECT_TRUE(ship_until(shipper, [&] { return !shipper.has_waiting(); }));
  Strings of_a;
  for (const std::string& order : intake_.orders)
    if (order.starts_with("a-")) of_a.push_back(order);
  EXPECT_EQ(of_a, (Strings{"a-1", "a-2", "a-3", "a-4"}));
  EXPECT_EQ(files(dir_.path()), Strings{});
}

TEST_F(ConversionQueuesTest, a_market_that_fails_is_not_asked_without_a_pause) {
  intake_.fails = {"a-1"};
  spool({"a-1"});
  auto shipper = make();
  for (int i = 0; i < 100; ++i) static_cast<void>(shipper.ship());
  EXPECT_LE(origin_.requests().size(), 5u);
}

TEST_F(ConversionQueuesTest, one_that_is_refused_is_parked_and_the_others_arrive) {
  intake_.refuses = {"a-2"};
  spool({"a-1", "a-2", "a-3"});
  auto shipper = make();
  ship_all(shipper);
  EXPECT_EQ(intake_.orders, (Strings{"a-1", "a-3"}));
  const auto parked = rejected();
  ASSERT_EQ(parked.size(), 1u);
  EXPECT_EQ(json::parse(parked[0]["conversion"]["body"].get<std::string>())["order"], "a-2");
  EXPECT_EQ(parked[0]["conversion"]["at_ms"], kNow);
  EXPECT_NE(parked[0]["reason"].get<std::string>().find("a-2"), std::string::npos);
  EXPECT_EQ(counts_.conversions_rejected, 1u);
  EXPECT_EQ(files(dir_.path()), Strings{"rejected.bad"});
}

TEST_F(ConversionQueuesTest, a_batch_that_is_refused_whole_costs_only_the_one_that_is_the_cause) {
  spool({"a-1", "a-2"});
  intake_.status = 422;
  auto shipper = make();
  ship_all(shipper);
  EXPECT_EQ(rejected().size(), 2u) << "each was refused by itself";
  EXPECT_EQ(files(dir_.path()), Strings{"rejected.bad"});
}

TEST_F(ConversionQueuesTest, nothing_is_given_up_until_the_origin_accounts_for_it) {
  spool({"a-1", "a-2"});
  auto shipper = make();
  const auto survives = [&](const char* what) {
    for (int i = 0; i < 5; ++i) static_cast<void>(shipper.ship());
    EXPECT_EQ(files(dir_.path()).size(), 1u) << what;
    EXPECT_TRUE(rejected().empty()) << what;
  };
  for (const unsigned status : {500u, 503u, 404u, 302u, 207u, 413u}) {
    intake_.status = status;
    survives(std::to_string(status).c_str());
  }
  intake_.status = 401;
  EXPECT_TRUE(ship_until(shipper, [&] { return shipper.ship() == ShipOutcome::kFailed; }));
  intake_.status = 200;
  intake_.lose_answer = true;
  survives("a lost answer");
  intake_.lose_answer = false;
  const std::map<std::string, std::function<void(json&)>> lies = {
      {"an answer too few", [](json& results) { results.erase(0); }},
      {"another's answer", [](json& results) { results[0]["conversion_id"] = "x"; }},
      {"no status", [](json& results) { results[0].erase("status"); }},
      {"a failure", [](json& results) { results[0]["status"] = 500; }}};
  for (const auto& [what, lie] : lies) {
    intake_.change = lie;
    survives(what.c_str());
  }
  intake_.change = nullptr;
  EXPECT_TRUE(ship_until(shipper, [&] { return !shipper.has_waiting(); }));
  EXPECT_EQ(intake_.orders, (Strings{"a-1", "a-2"}));
  EXPECT_EQ(files(dir_.path()), Strings{});
}

TEST_F(ConversionQueuesTest, a_shipper_that_starts_again_sends_again_and_in_order) {
  intake_.fails = {"a-2"};
  spool({"a-1", "a-2", "a-3"});
  {
    auto shipper = make();
    EXPECT_TRUE(ship_until(shipper, [&] { return intake_.known.contains("a-1"); }));
    static_cast<void>(shipper.ship());
  }
  intake_.fails.clear();
  auto shipper = make();
  ship_all(shipper);
  EXPECT_EQ(intake_.orders, (Strings{"a-1", "a-2", "a-3"}));
  EXPECT_EQ(files(dir_.path()), Strings{});
}

TEST_F(ConversionQueuesTest, a_payload_that_does_not_decode_is_parked_as_hex) {
  SpoolWriter writer({.directory = dir_.path()});
  ASSERT_EQ(writer.append(std::string("\x01\x02\xFF", 3), kNow), AppendOutcome::kStored);
  writer.seal();
  auto shipper = make();
  ship_all(shipper);
  ASSERT_EQ(rejected().size(), 1u);
  EXPECT_EQ(rejected()[0]["payload_hex"], "0102ff");
}

TEST_F(ConversionQueuesTest, a_segment_that_somebody_deleted_is_told_and_blocks_nothing) {
  intake_.fails = {"a-1"};
  spool({"a-1"});
  auto shipper = make();
  EXPECT_TRUE(ship_until(shipper, [&] { return shipper.has_waiting(); }));
  std::filesystem::remove(testing::only_file(dir_.path()));
  spool({"a-2"});
  EXPECT_TRUE(ship_until(shipper, [&] { return intake_.known.contains("a-2"); }));
}

}  // namespace
}  // namespace refedge::edge
