// POST /api/signups over a real socket. Spec: docs/protocol.md#signups.
#include <gtest/gtest.h>

#include <array>

#include "origin/domain/signups.h"
#include "refedge/limits.h"
#include "refedge/metadata.h"
#include "refedge/query.h"
#include "refedge/share_code.h"
#include "test_origin.h"

namespace refedge::origin::test {
namespace {

using Json = nlohmann::json;

class SignupsTest : public testing::Test {
 protected:
  void SetUp() override { origin_.add_campaign(market_, "raf"); }

  Answer sign_up(const Json& signup) {
    return origin_.post("/api/signups", {{"campaign_slug", "raf"}, {"signup", signup}}, market_.auth());
  }

  std::string refusal(const Json& signup) {
    const std::int64_t before = origin_.count("referrers");
    const Answer answer = sign_up(signup);
    EXPECT_EQ(answer.status, 422U) << answer.body;
    EXPECT_EQ(origin_.count("referrers"), before);
    return answer.error();
  }

  TestOrigin origin_;
  TestMarket market_ = origin_.add_market("demo");
};

Json person() { return {{"email", "jane@example.com"}, {"first_name", "Jane"}}; }

Json person_with(const std::string& key, const Json& value) {
  Json changed = person();
  changed[key] = value;
  return changed;
}

TEST_F(SignupsTest, MakesAShareLinkAndADashboardLink) {
  const Answer answer = sign_up({{"email", "jane@example.com"},
                                 {"first_name", "Jane"},
                                 {"last_name", "Smith"},
                                 {"custom_field_value", "07123456789"},
                                 {"client_data", {{"client_id", "662-56-3593"}}},
                                 {"locale", "en"}});
  EXPECT_EQ(answer.status, 201U) << answer.body;
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
  const std::string share_url = answer.json()["share_url"];
  const std::string start = "https://demo.shop.example/r/";
  EXPECT_EQ(share_url.substr(0, start.size()), start);
  EXPECT_EQ(share_url.size(), start.size() + kShareCodeLength);
  const auto bp_e = find_query_param(answer.json()["dashboard_url"].get<std::string>().substr(26), "bp_e");
  ASSERT_TRUE(bp_e);
  EXPECT_EQ(*decrypt_metadata(*bp_e, market_.token),
            R"({"email":"jane@example.com","name":"Jane Smith","auto":"true"})");
}

TEST_F(SignupsTest, PublishesTheLinkWithTheManualsMetadata) {
  ASSERT_EQ(sign_up({{"email", "john@example.com"},
                     {"first_name", "John"},
                     {"last_name", "Doe"},
                     {"custom_field_value", "07123456789"},
                     {"client_data", {{"customer_id", "ABC123"}}}})
                .status,
            201U);
  const Json link = origin_.get("/edge/links", edge_auth()).json()["links"][0];
  const std::string location = link["location"];
  EXPECT_EQ(link["market_id"], market_.id);
  EXPECT_EQ(link["active"], true);
  const std::string code = link["code"];
  EXPECT_EQ(location.find("https://shop.example/?utm=share&ref=" + code + "&bp_e="), 0U) << location;
  const auto bp_e = find_query_param(location.substr(location.find('?')), "bp_e");
  ASSERT_TRUE(bp_e);
  EXPECT_EQ(*decrypt_metadata(*bp_e, market_.token),
            R"({"referral_count":0,"email":"john@example.com","first_name":"John","last_name":"Doe",)"
            R"("client_data":{"customer_id":"ABC123"},)"
            R"("custom_fields":[{"key":"custom_field","value":"07123456789"}]})");
}

TEST_F(SignupsTest, KnowsAnAddressTrimmedAndInAnyCase) {
  const Answer first = sign_up(person());
  ASSERT_EQ(first.status, 201U);
  const Answer again = sign_up({{"email", "  JANE@Example.com "}, {"first_name", "Other"}});
  EXPECT_EQ(again.status, 200U);
  EXPECT_EQ(again.json(), first.json());
  EXPECT_EQ(origin_.count("referrers"), 1);
  EXPECT_EQ(origin_.value("SELECT first_name FROM referrers"), "Jane");
}

TEST_F(SignupsTest, KeepsCampaignsApart) {
  origin_.add_campaign(market_, "other");
  ASSERT_EQ(sign_up(person()).status, 201U);
  const Json body = {{"campaign_slug", "other"}, {"signup", person()}};
  EXPECT_EQ(origin_.post("/api/signups", body, market_.auth()).status, 201U);
  EXPECT_EQ(origin_.count("referrers"), 2);
}

TEST_F(SignupsTest, NamesTheFieldAtFault) {
  EXPECT_EQ(refusal({{"first_name", "Jane"}}), "email:missing_field");
  EXPECT_EQ(refusal({{"email", "jane@example.com"}}), "first_name:missing_field");
  EXPECT_EQ(refusal(person_with("first_name", "  ")), "first_name:missing_field");
  EXPECT_EQ(refusal(person_with("first_name", nullptr)), "first_name:missing_field");
  EXPECT_EQ(refusal(person_with("email", "jane")), "email:invalid_field");
  EXPECT_EQ(refusal(person_with("email", 5)), "email:invalid_field");
  EXPECT_EQ(refusal(person_with("last_name", "a\nb")), "last_name:invalid_field");
  EXPECT_EQ(refusal(person_with("client_data", "text")), "client_data:invalid_field");
  EXPECT_EQ(refusal(person_with("client_data", Json::array())), "client_data:invalid_field");
  EXPECT_EQ(refusal(person_with("locale", "e n")), "locale:invalid_field");
  EXPECT_EQ(refusal(person_with("emial", "x")), "emial:unknown_field");
}

TEST_F(SignupsTest, NamesTheFieldAtFaultInTheOuterObject) {
  const auto error_of = [&](const Json& body) {
    return origin_.post("/api/signups", body, market_.auth()).error();
  };
  EXPECT_EQ(error_of({{"signup", person()}}), "campaign_slug:missing_field");
  EXPECT_EQ(error_of({{"campaign_slug", "nope"}, {"signup", person()}}), "campaign_slug:not_found");
  EXPECT_EQ(error_of({{"campaign_slug", "raf"}}), "signup:missing_field");
  EXPECT_EQ(error_of({{"campaign_slug", "raf"}, {"signup", "x"}}), "signup:invalid_field");
  EXPECT_EQ(error_of({{"campaign_slug", "raf"}, {"signup", person()}, {"x", 1}}), "x:unknown_field");
  const Json invited = {{"campaign_slug", "raf"}, {"signup", person()}, {"send_auto_invite_email", true}};
  EXPECT_EQ(origin_.post("/api/signups", invited, market_.auth()).status, 201U);
  const Answer broken = origin_.send(
      {.method = "POST", .target = "/api/signups", .headers = market_.auth(), .body = "{\"campaign_slug\":"});
  EXPECT_EQ(broken.error(), ":invalid_json");
}

struct Limit {
  const char* field;
  std::size_t max;
};

TEST_F(SignupsTest, LimitsTextsAtTheirEdge) {
  const std::array<Limit, 4> limits = {{{"first_name", kMaxNameLength},
                                        {"last_name", kMaxNameLength},
                                        {"custom_field_value", kMaxCustomFieldLength},
                                        {"locale", kMaxLocaleLength}}};
  int number = 0;
  for (const Limit& limit : limits) {
    Json longest = person_with(limit.field, std::string(limit.max, 'x'));
    longest["email"] = "p" + std::to_string(++number) + "@example.com";
    EXPECT_EQ(sign_up(longest).status, 201U) << limit.field;
    EXPECT_EQ(refusal(person_with(limit.field, std::string(limit.max + 1, 'x'))),
              std::string(limit.field) + ":too_long");
  }
}

TEST_F(SignupsTest, LimitsClientDataAtItsEdgeAndStillMakesALink) {
  const std::string frame = R"({"k":""})";
  const std::size_t room = kMaxClientDataLength - frame.size();
  Json longest = person_with("client_data", {{"k", std::string(room, 'x')}});
  longest["first_name"] = std::string(kMaxNameLength, '"');
  longest["last_name"] = std::string(kMaxNameLength, '\\');
  longest["custom_field_value"] = std::string(kMaxCustomFieldLength, '"');
  EXPECT_EQ(sign_up(longest).status, 201U);
  EXPECT_EQ(refusal(person_with("client_data", {{"k", std::string(room + 1, 'x')}})), "client_data:too_long");
}

TEST_F(SignupsTest, AnswersTheSameForWrongTokenAndUnknownMarket) {
  const Json body = {{"campaign_slug", "raf"}, {"signup", person()}};
  const Answer wrong = origin_.post("/api/signups", body, {{"auth_id", market_.id}, {"auth_token", "wrong"}});
  const std::string nobody = "00000000-0000-4000-8000-000000000000";
  const Answer unknown =
      origin_.post("/api/signups", body, {{"auth_id", nobody}, {"auth_token", market_.token}});
  const Answer none = origin_.post("/api/signups", body);
  const Answer guess = origin_.post(
      "/api/signups", body, {{"auth_id", nobody}, {"auth_token", "00000000-0000-0000-0000-000000000000"}});
  EXPECT_EQ(wrong.status, 401U);
  for (const Answer& answer : {unknown, none, guess}) {
    EXPECT_EQ(answer.status, 401U);
    EXPECT_EQ(answer.body, wrong.body);
    EXPECT_EQ(answer.headers.size(), wrong.headers.size());
  }
  EXPECT_EQ(origin_.count("referrers"), 0);
}

TEST_F(SignupsTest, DoesNotLookIntoAnotherMarketsCampaigns) {
  const TestMarket other = origin_.add_market("other");
  const Json body = {{"campaign_slug", "raf"}, {"signup", person()}};
  EXPECT_EQ(origin_.post("/api/signups", body, other.auth()).error(), "campaign_slug:not_found");
}

TEST_F(SignupsTest, SurvivesARestart) {
  const Answer first = sign_up(person());
  origin_.stop();
  origin_.start();
  const Answer again = sign_up(person());
  EXPECT_EQ(again.status, 200U);
  EXPECT_EQ(again.json(), first.json());
}

}  // namespace
}  // namespace refedge::origin::test
