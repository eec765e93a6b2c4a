// The small pure pieces of the domain.
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "origin/domain/csv.h"
#include "origin/domain/random.h"
#include "origin/domain/report.h"
#include "origin/domain/retry.h"
#include "origin/domain/site.h"
#include "origin/domain/web_address.h"
#include "origin/domain/webhook_body.h"

namespace refedge::origin {
namespace {

std::string csv_of(std::initializer_list<std::string> cells) {
  std::string out;
  append_csv_row(out, std::vector<std::string>(cells));
  return out;
}

TEST(Csv, QuotesWhatNeedsIt) {
  EXPECT_EQ(csv_of({"a", "", "b c"}), "a,,b c\r\n");
  EXPECT_EQ(csv_of({"a,b", "say \"hi\"", "two\nlines", "cr\rcell"}),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"cr\rcell\"\r\n");
}

TEST(Csv, DisarmsFormulas) {
  EXPECT_EQ(csv_of({"=1+1", "+1", "-1", "@x", "\tx"}), "'=1+1,'+1,'-1,'@x,'\tx\r\n");
  EXPECT_EQ(csv_of({"\rx", "=\"a\",b"}), "\"'\rx\",\"'=\"\"a\"\",b\"\r\n");
  EXPECT_EQ(csv_of({"a=1", "1-2"}), "a=1,1-2\r\n");
}

TEST(ReportRange, DefaultsToSevenDays) {
  const auto range = report_range(std::nullopt, std::nullopt, 10'000'000);
  ASSERT_TRUE(range);
  EXPECT_EQ(range->starts_at, 10'000'000 - 7 * 86400);
  EXPECT_EQ(range->ends_at, 10'000'000);
  const auto ending = report_range(std::nullopt, 5'000'000, 10'000'000);
  ASSERT_TRUE(ending);
  EXPECT_EQ(ending->starts_at, 5'000'000 - 7 * 86400);
}

TEST(ReportRange, LimitsItsLengthAtTheEdge) {
  EXPECT_TRUE(report_range(0, kMaxReportSeconds, 0));
  const auto over = report_range(0, kMaxReportSeconds + 1, 0);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error(), (Error{Errc::kTooLong, "starts_at"}));
  EXPECT_TRUE(report_range(5, 5, 0));
  const auto reversed = report_range(6, 5, 0);
  ASSERT_FALSE(reversed);
  EXPECT_EQ(reversed.error(), (Error{Errc::kInvalidField, "starts_at"}));
}

TEST(Retry, DoublesUpToAnHourForADay) {
  EXPECT_EQ(next_attempt_at(0, 1, 100), 101);
  EXPECT_EQ(next_attempt_at(0, 2, 100), 102);
  EXPECT_EQ(next_attempt_at(0, 12, 100), 100 + 2048);
  EXPECT_EQ(next_attempt_at(0, 13, 100), 100 + 3600);
  EXPECT_EQ(next_attempt_at(0, 1'000'000, 100), 100 + 3600);
  EXPECT_EQ(next_attempt_at(0, 20, 86400 - 3600), 86400);
  EXPECT_EQ(next_attempt_at(0, 20, 86400 - 3599), std::nullopt);
}

TEST(Site, FindsTheRegistrableDomain) {
  EXPECT_EQ(registrable_domain("bp.shop.example"), "shop.example");
  EXPECT_EQ(registrable_domain("bp.shop.co.uk"), "shop.co.uk");
  EXPECT_EQ(registrable_domain("bp.shop.localhost"), "shop.localhost");
  EXPECT_EQ(registrable_domain("localhost"), "localhost");
  EXPECT_EQ(registrable_domain("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(registrable_domain("[::1]"), "[::1]");
  EXPECT_EQ(host_of("BP.Shop.example:8080"), "bp.shop.example");
  EXPECT_EQ(host_of("[::1]:80"), "[::1]");
}

struct SiteCase {
  const char* page_origin;
  bool is_of_site;
};

TEST(Site, KnowsPagesOfTheMarketsSite) {
  const std::array<SiteCase, 13> cases = {{
      {"https://shop.co.uk", true},
      {"http://shop.co.uk:8080", true},
      {"https://www.SHOP.co.uk", true},
      {"https://a.b.shop.co.uk", true},
      {"https://evilshop.co.uk", false},
      {"https://shop.co.uk.evil.example", false},
      {"https://co.uk", false},
      {"https://other.co.uk", false},
      {"null", false},
      {"", false},
      {"ftp://shop.co.uk", false},
      {"https://evil.example/shop.co.uk", false},
      {"https://user@shop.co.uk", false},
  }};
  for (const SiteCase& tried : cases) {
    EXPECT_EQ(is_of_site(tried.page_origin, "bp.shop.co.uk:443"), tried.is_of_site) << tried.page_origin;
  }
  EXPECT_FALSE(is_of_site("http://1.127.0.0.1", "127.0.0.1:8080"));
}

TEST(WebAddress, TakesHttpAndHttpsWithAHost) {
  for (const char* good : {"https://shop.example/", "http://127.0.0.1:8080/a?b=c#d", "https://[::1]/"}) {
    EXPECT_TRUE(is_web_address(good)) << good;
  }
  for (const char* bad :
       {"", "shop.example", "ftp://shop.example/", "javascript:alert(1)", "https://", "https:///x",
        "https://user:pw@shop.example/", "https://user@shop.example/", "https://shop.example/a b",
        "https://shop.example/\n", "https://shop.example/é", "//shop.example/"}) {
    EXPECT_FALSE(is_web_address(bad)) << bad;
  }
}

TEST(WebAddress, LimitsItsLengthAtTheEdge) {
  const std::string start = "https://shop.example/";
  EXPECT_TRUE(is_web_address(start + std::string(kMaxDestinationLength - start.size(), 'a')));
  EXPECT_FALSE(is_web_address(start + std::string(kMaxDestinationLength - start.size() + 1, 'a')));
}

TEST(Random, MakesUuidsOfVersionFour) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string uuid = make_uuid();
    ASSERT_EQ(uuid.size(), 36U);
    EXPECT_EQ(uuid[14], '4');
    EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos);
    EXPECT_EQ(uuid.find_first_not_of("0123456789abcdef-"), std::string::npos);
    seen.insert(uuid);
  }
  EXPECT_EQ(seen.size(), 1000U);
}

// The manual's example, but for its stray comma.
TEST(WebhookBody, IsTheManuals) {
  Campaign campaign;
  campaign.slug = "invite-a-friend";
  Referrer referrer;
  referrer.email = "john@doe.com";
  referrer.custom_field = "07123456789";
  referrer.client_data = R"({"customer_number":"123","balance":12.50})";
  Conversion conversion;
  conversion.order_number = "P00337193";
  conversion.email = "jane@smith.com";
  conversion.first_name = "Jane";
  conversion.last_name = "Smith";
  conversion.marketing_opt_in = true;
  conversion.value_minor = 4299;
  conversion.currency = "GBP";
  conversion.voucher_code = "VOUCHER42";
  conversion.reward_category = "Bonus50";
  EXPECT_EQ(webhook_body(campaign, referrer, conversion, 2),
            R"({"campaign":"invite-a-friend","customer":{"email":"john@doe.com",)"
            R"("client_data":{"customer_number":"123","balance":12.50},)"
            R"("custom_fields":[{"label":"custom_field","value":"07123456789"}]},)"
            R"("referral":{"friend":{"first_name":"Jane","last_name":"Smith","email":"jane@smith.com",)"
            R"("marketing_opt_in":"true"},"order":{"total_cents":"4299","currency":"gbp",)"
            R"("voucher_code":"VOUCHER42","reward_category":"Bonus50","order_number":"P00337193"}},)"
            R"("total_referrals":"2"})");
  campaign.custom_field.label = "Mobile";
  EXPECT_NE(webhook_body(campaign, referrer, conversion, 2)
                .find(R"("custom_fields":[{"label":"Mobile","value":"07123456789"}])"),
            std::string::npos);
}

TEST(WebhookBody, WritesWhatIsNotKnownAsEmpty) {
  Conversion conversion;
  conversion.order_number = "1";
  const auto body = nlohmann::json::parse(webhook_body({}, {}, conversion, 1));
  EXPECT_EQ(body["customer"]["client_data"], nlohmann::json::object());
  EXPECT_EQ(body["customer"]["custom_fields"], nlohmann::json::array());
  EXPECT_EQ(body["referral"]["friend"]["marketing_opt_in"], "false");
  EXPECT_EQ(body["referral"]["order"]["total_cents"], "");
}

}  // namespace
}  // namespace refedge::origin
