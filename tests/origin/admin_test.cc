// What an operator sets up, and what the command line refuses.
#include <gtest/gtest.h>

#include <array>

#include "refedge/base64.h"
#include "test_origin.h"

namespace refedge::origin::test {
namespace {

NewMarket good_market() {
  NewMarket market;
  market.slug = "demo";
  market.domain = "bp.shop.example";
  market.currency = "GBP";
  market.locale = "en";
  return market;
}

NewCampaign good_campaign() {
  NewCampaign campaign;
  campaign.market = "demo";
  campaign.slug = "raf";
  campaign.name = "Refer a friend";
  campaign.destination = "https://shop.example/";
  return campaign;
}

class AdminTest : public testing::Test {
 protected:
  TempDirectory directory_;
  std::unique_ptr<Store> store_ = open_store(directory_.file("refedge.db"));
};

TEST_F(AdminTest, MakesAMarketWithRandomSecrets) {
  const auto market = create_market(*store_, good_market());
  ASSERT_TRUE(market);
  const auto json = nlohmann::ordered_json::parse(market_json(*market));
  EXPECT_EQ(json.size(), 4U);
  EXPECT_EQ(json["slug"], "demo");
  EXPECT_EQ(json["market_id"].get<std::string>().size(), 36U);
  EXPECT_EQ(json["auth_token"].get<std::string>().size(), 36U);
  EXPECT_EQ(json["secret_key"].get<std::string>().size(), 32U);
  NewMarket second = good_market();
  second.slug = "second";
  second.domain = "bp.second.example";
  const auto other = create_market(*store_, second);
  ASSERT_TRUE(other);
  EXPECT_NE(other->auth_token.view(), market->auth_token.view());
  EXPECT_NE(other->secret_key.view(), market->secret_key.view());
}

TEST_F(AdminTest, PrintsTheCookieKeysFile) {
  const auto market = create_market(*store_, good_market());
  ASSERT_TRUE(market);
  const std::string file = cookie_keys_file(*store_);
  ASSERT_TRUE(file.starts_with("# "));
  const std::string line = file.substr(file.find('\n') + 1);
  const std::string start = market->market_id + " a ";
  ASSERT_EQ(line.substr(0, start.size()), start);
  ASSERT_TRUE(line.ends_with("\n"));
  const auto key = base64_decode(line.substr(start.size(), line.size() - start.size() - 1));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->size(), 32U);
  EXPECT_EQ(*key, store_->markets().cookie_keys(market->market_id).front().key.view());
}

TEST_F(AdminTest, RefusesATakenSlugOrDomain) {
  ASSERT_TRUE(create_market(*store_, good_market()));
  NewMarket same_domain = good_market();
  same_domain.slug = "other";
  EXPECT_EQ(create_market(*store_, same_domain).error(), (Error{Errc::kDuplicateField, "domain"}));
  NewMarket same_slug = good_market();
  same_slug.domain = "bp.other.example";
  EXPECT_EQ(create_market(*store_, same_slug).error(), (Error{Errc::kDuplicateField, "slug"}));
  ASSERT_TRUE(create_campaign(*store_, good_campaign()));
  EXPECT_EQ(create_campaign(*store_, good_campaign()).error(), (Error{Errc::kDuplicateField, "slug"}));
}

struct MarketCase {
  const char* option;
  void (*spoil)(NewMarket& market);
};

TEST_F(AdminTest, NamesTheOptionOfAMarketThatIsWrong) {
  const std::array<MarketCase, 11> cases = {{
      {"slug", [](NewMarket& market) { market.slug = ""; }},
      {"slug", [](NewMarket& market) { market.slug = "De mo"; }},
      {"slug", [](NewMarket& market) { market.slug = std::string(65, 'a'); }},
      {"domain", [](NewMarket& market) { market.domain = "https://bp.shop.example"; }},
      {"domain", [](NewMarket& market) { market.domain = "bp.shop.example/"; }},
      {"domain", [](NewMarket& market) { market.domain = ""; }},
      {"scheme", [](NewMarket& market) { market.scheme = "http"; }},
      {"scheme", [](NewMarket& market) { market.scheme = "ftp"; }},
      {"currency", [](NewMarket& market) { market.currency = "gbp"; }},
      {"locale", [](NewMarket& market) { market.locale = ""; }},
      {"webhook-url", [](NewMarket& market) { market.webhook_url = "file:///etc/passwd"; }},
  }};
  for (const MarketCase& tried : cases) {
    NewMarket market = good_market();
    tried.spoil(market);
    const auto made = create_market(*store_, market);
    ASSERT_FALSE(made) << tried.option;
    EXPECT_EQ(made.error(), (Error{Errc::kInvalidField, tried.option}));
  }
  EXPECT_FALSE(store_->markets().find_by_slug("demo"));
}

struct PagesCase {
  const char* option;
  LinkPages pages;
};

TEST_F(AdminTest, NamesTheOptionOfALinksPagesThatIsWrong) {
  ASSERT_TRUE(create_market(*store_, good_market()));
  const std::array<PagesCase, 6> cases = {{
      {"fallback-url", {"/ended", "", "", ""}},
      {"preview-title", {"", "", "no title", ""}},
      {"preview-title", {"", std::string(257, 't'), "", ""}},
      {"preview-title", {"", "two\nlines", "", ""}},
      {"preview-description", {"", "t", std::string(1025, 'd'), ""}},
      {"preview-image-url", {"", "t", "", "http://shop.example/og.png"}},
  }};
  for (const PagesCase& tried : cases) {
    NewCampaign campaign = good_campaign();
    campaign.pages = tried.pages;
    const auto made = create_campaign(*store_, campaign);
    ASSERT_FALSE(made) << tried.option;
    EXPECT_EQ(made.error(), (Error{Errc::kInvalidField, tried.option}));
  }
  NewCampaign campaign = good_campaign();
  campaign.pages = {"https://shop.example/ended", std::string(256, 't'), std::string(1024, 'd'), "https://shop.example/og.png"};
  const auto made = create_campaign(*store_, campaign);
  ASSERT_TRUE(made);
  const auto kept = store_->campaigns().find(made->market_id, made->slug);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->pages.fallback_url, campaign.pages.fallback_url);
  EXPECT_EQ(kept->pages.preview_title, campaign.pages.preview_title);
  EXPECT_EQ(kept->pages.preview_description, campaign.pages.preview_description);
  EXPECT_EQ(kept->pages.preview_image_url, campaign.pages.preview_image_url);
}

TEST_F(AdminTest, KeepsACampaignsOwnField) {
  ASSERT_TRUE(create_market(*store_, good_market()));
  NewCampaign campaign = good_campaign();
  const std::array<CustomField, 3> wrong = {{{"", true}, {std::string(257, 'l'), false}, {"two\nlines", false}}};
  for (const CustomField& field : wrong) {
    campaign.custom_field = field;
    EXPECT_EQ(create_campaign(*store_, campaign).error(), (Error{Errc::kInvalidField, "custom-field-label"}));
  }
  campaign.custom_field = {std::string(256, 'l'), true};
  const auto made = create_campaign(*store_, campaign);
  ASSERT_TRUE(made);
  const auto kept = store_->campaigns().find(made->market_id, made->slug);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->custom_field.label, campaign.custom_field.label);
  EXPECT_TRUE(kept->custom_field.is_required);
}

TEST_F(AdminTest, LetsHttpStayOnThisMachine) {
  for (const char* domain : {"bp.shop.localhost:8080", "localhost:1", "127.0.0.1:8080", "[::1]:8080"}) {
    NewMarket market = good_market();
    market.slug = "m" + std::to_string(std::hash<std::string>{}(domain) % 1000000);
    market.domain = domain;
    market.scheme = "http";
    EXPECT_TRUE(create_market(*store_, market)) << domain;
  }
}

struct CampaignCase {
  const char* option;
  void (*spoil)(NewCampaign& campaign);
};

TEST_F(AdminTest, NamesTheOptionOfACampaignThatIsWrong) {
  ASSERT_TRUE(create_market(*store_, good_market()));
  const std::array<CampaignCase, 8> cases = {{
      {"slug", [](NewCampaign& campaign) { campaign.slug = "a/b"; }},
      {"name", [](NewCampaign& campaign) { campaign.name = ""; }},
      {"name", [](NewCampaign& campaign) { campaign.name = "\xff"; }},
      {"destination", [](NewCampaign& campaign) { campaign.destination = "shop.example"; }},
      {"page-url", [](NewCampaign& campaign) { campaign.page_url = "javascript:alert(1)"; }},
      {"window-days", [](NewCampaign& campaign) { campaign.window_days = 0; }},
      {"window-days", [](NewCampaign& campaign) { campaign.window_days = 3651; }},
      {"rule", [](NewCampaign& campaign) { campaign.rule = "best_click"; }},
  }};
  for (const CampaignCase& tried : cases) {
    NewCampaign campaign = good_campaign();
    tried.spoil(campaign);
    const auto made = create_campaign(*store_, campaign);
    ASSERT_FALSE(made) << tried.option;
    EXPECT_EQ(made.error(), (Error{Errc::kInvalidField, tried.option}));
  }
  NewCampaign lost = good_campaign();
  lost.market = "nope";
  EXPECT_EQ(create_campaign(*store_, lost).error(), (Error{Errc::kNotFound, "market"}));
}

}  // namespace
}  // namespace refedge::origin::test
