// The embedded pages and the widget's sign-up, over a real socket. Spec: docs/protocol.md#embedded-pages.
#include <gtest/gtest.h>

#include <array>

#include "refedge/base64.h"
#include "refedge/metadata.h"
#include "refedge/percent.h"
#include "refedge/query.h"
#include "refedge/signature.h"
#include "test_origin.h"

namespace refedge::origin::test {
namespace {

using Json = nlohmann::json;

class WidgetTest : public testing::Test {
 protected:
  void SetUp() override {
    origin_.add_campaign(market_, "raf",
                         [](NewCampaign& campaign) { campaign.name = "<b>Tea</b> & \"more\""; });
  }

  Answer sign_up(Json fields) {
    fields["market"] = "demo";
    return origin_.post("/iaf/raf/signups", fields);
  }

  std::string encrypted(const std::string& json) { return *encrypt_metadata(json, market_.token); }

  Json signed_by(const std::string& email, const std::string& name) {
    const std::array<Field, 2> fields = {{{"name", name}, {"email", email}}};
    const std::string keys = "name, email";
    return {{"name", name},
            {"email", email},
            {"auto", true},
            {"signed_keys", keys},
            {"signature", *build_signature(fields, keys, market_.secret)}};
  }

  static std::string code_of(const Answer& answer) {
    const std::string url = answer.json().at("share_url");
    return url.substr(url.rfind('/') + 1);
  }

  static std::vector<std::string> keys_of(const Json& json) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : json.items()) keys.push_back(key);
    return keys;
  }

  // metadata_of: what the link's bp_e says, as the shop reads it.
  std::string metadata_of(const std::string& code) {
    const std::string location = origin_.value("SELECT location FROM links WHERE code = '" + code + "'");
    const auto bp_e = find_query_param(location.substr(location.find('?') + 1), "bp_e");
    return *decrypt_metadata(*bp_e, market_.token);
  }

  TestOrigin origin_;
  TestMarket market_ = origin_.add_market("demo");
};

TEST_F(WidgetTest, ShowsTheFormToTheMarketsSiteAlone) {
  const Answer page = origin_.get("/iaf/raf/embed?market=demo&locale=en&origin=https%3A%2F%2Fshop.example");
  EXPECT_EQ(page.status, 200U);
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(page.header("Cache-Control"), "no-store");
  const std::string policy = page.header("Content-Security-Policy");
  EXPECT_EQ(policy.find("default-src 'none'; script-src 'nonce-"), 0U) << policy;
  EXPECT_NE(policy.find("frame-ancestors https://shop.example https://*.shop.example"), std::string::npos)
      << policy;
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_NE(policy.find("; img-src 'self';"), std::string::npos) << "the QR code; no data: or blob:";
}

TEST_F(WidgetTest, GivesEveryPageItsOwnNonce) {
  const Answer one = origin_.get("/iaf/raf/embed?market=demo");
  const std::string policy = one.header("Content-Security-Policy");
  const std::size_t start = policy.find("nonce-") + 6;
  const std::string nonce = policy.substr(start, policy.find('\'', start) - start);
  EXPECT_EQ(nonce.size(), 24U);
  EXPECT_NE(one.body.find("<script nonce=\"" + nonce + "\">"), std::string::npos);
  EXPECT_NE(origin_.get("/iaf/raf/embed?market=demo").header("Content-Security-Policy"), policy);
}

TEST_F(WidgetTest, EscapesWhatItPutsIntoThePage) {
  const std::string body = origin_.get("/iaf/raf/embed?market=demo&locale=%3C%2Fscript%3E%3Cx%3E").body;
  EXPECT_EQ(body.find("<b>Tea"), std::string::npos);
  EXPECT_NE(body.find("&lt;b&gt;Tea&lt;/b&gt; &amp; &quot;more&quot;"), std::string::npos);
  EXPECT_EQ(body.find("</script><x>"), std::string::npos);
  EXPECT_EQ(body.find("{{"), std::string::npos) << "a placeholder is left";
}

TEST_F(WidgetTest, ServesAMarketOnThisMachineOnAnyPort) {
  const TestMarket local = origin_.add_market("local", [](NewMarket& market) {
    market.domain = "bp.shop.localhost:8080";
    market.scheme = "http";
  });
  origin_.add_campaign(local, "raf");
  const Answer page = origin_.get("/iaf/raf/embed?market=local&origin=http%3A%2F%2Fshop.localhost%3A8080");
  EXPECT_EQ(page.status, 200U);
  EXPECT_NE(page.header("Content-Security-Policy")
                .find("frame-ancestors http://shop.localhost:* http://*.shop.localhost:*"),
            std::string::npos);
}

TEST_F(WidgetTest, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(origin_.get("/iaf/raf/embed").error(), "market:not_found");
  EXPECT_EQ(origin_.get("/iaf/raf/embed?market=nope").status, 422U);
  EXPECT_EQ(origin_.get("/iaf/nope/embed?market=demo").status, 404U);
  EXPECT_EQ(origin_.get("/iaf/raf/embed?market=demo&origin=https%3A%2F%2Fevil.example").error(),
            "origin:invalid_field");
}

TEST_F(WidgetTest, ShowsTheOpenGraphPage) {
  const Answer page = origin_.send({.target = "/iaf/raf/og", .headers = {{"Host", "demo.shop.example"}}});
  EXPECT_EQ(page.status, 200U);
  EXPECT_NE(page.body.find(
                "<meta property=\"og:title\" content=\"&lt;b&gt;Tea&lt;/b&gt; &amp; &quot;more&quot;\">"),
            std::string::npos);
  EXPECT_NE(page.body.find("<meta property=\"og:url\" content=\"https://demo.shop.example/iaf/raf/og\">"),
            std::string::npos);
  EXPECT_NE(page.body.find("href=\"https://shop.example/refer\""), std::string::npos);
  EXPECT_EQ(origin_.get("/iaf/raf/og").error(), "market:not_found");
}

TEST_F(WidgetTest, ShowsThePreviewOnTheOpenGraphPage) {
  const Headers host = {{"Host", "demo.shop.example"}};
  EXPECT_EQ(origin_.send({.target = "/iaf/raf/og", .headers = host}).body.find("og:image"),
            std::string::npos);
  origin_.add_campaign(market_, "seen", [](NewCampaign& campaign) {
    campaign.pages.preview_title = "Tea";
    campaign.pages.preview_description = "\"Ten\" off";
    campaign.pages.preview_image_url = "https://shop.example/og.png?a=1&b=2";
  });
  const std::string body = origin_.send({.target = "/iaf/seen/og", .headers = host}).body;
  EXPECT_NE(body.find(R"(<meta property="og:description" content="&quot;Ten&quot; off">)"),
            std::string::npos);
  EXPECT_NE(body.find(R"(<meta property="og:image" content="https://shop.example/og.png?a=1&amp;b=2">)"),
            std::string::npos);
  EXPECT_EQ(body.find("{{"), std::string::npos);
}

TEST_F(WidgetTest, SignsAPersonUp) {
  const Json fields = {{"name", "Maya Hart"}, {"email", "maya@example.com"}, {"marketing_opt_in", "true"}};
  const Answer first = sign_up(fields);
  EXPECT_EQ(first.status, 201U) << first.body;
  EXPECT_EQ(first.json()["first_name"], "Maya");
  EXPECT_EQ(first.json()["share_url"].get<std::string>().find("https://demo.shop.example/r/"), 0U);
  EXPECT_EQ(origin_.value("SELECT last_name || marketing_opt_in FROM referrers"), "Hart1");
  EXPECT_FALSE(first.json().contains("dashboard_url")) << "it signs its owner in";
}

// Status and members are those of a new address; the link is a new one, and carries what was typed.
TEST_F(WidgetTest, TellsNothingOfAKnownPerson) {
  const Json maya = {{"name", "Maya Hart"}, {"email", "maya@example.com"}, {"custom_field", "MAYAS"}};
  const Answer first = sign_up(maya);
  ASSERT_EQ(first.status, 201U);
  const Answer stranger = sign_up({{"name", "Eve Gray"}, {"email", " Maya@Example.com "}});
  EXPECT_EQ(stranger.status, 201U);
  EXPECT_EQ(stranger.json()["first_name"], "Eve");
  EXPECT_NE(stranger.json()["share_url"], first.json()["share_url"]);
  EXPECT_EQ(keys_of(stranger.json()), keys_of(first.json()));
  const std::string metadata = metadata_of(code_of(stranger));
  EXPECT_EQ(metadata,
            R"({"referral_count":0,"email":"Maya@Example.com","first_name":"Eve","last_name":"Gray"})");
  EXPECT_EQ(origin_.count("referrers"), 1) << "it counts for the address's owner";
  EXPECT_EQ(origin_.value("SELECT first_name || custom_field FROM referrers"), "MayaMAYAS");
}

TEST_F(WidgetTest, TellsNothingOfAKnownPersonLaterEither) {
  const Json maya = {{"name", "Maya Hart"}, {"email", "maya@example.com"}};
  const std::string own = code_of(sign_up(maya));
  const std::string strangers = code_of(sign_up({{"name", "Eve"}, {"email", "maya@example.com"}}));
  const std::string before = metadata_of(strangers);
  ASSERT_EQ(origin_.track(market_, "A1", "sam@example.org", {{"ref", strangers}}).status, 201U);
  ASSERT_EQ(origin_.confirm(market_, "A1", "confirmed").status, 200U);
  EXPECT_NE(metadata_of(own).find("\"referral_count\":1"), std::string::npos) << metadata_of(own);
  EXPECT_EQ(metadata_of(strangers), before) << "published again, it would carry Maya's name";
}

TEST_F(WidgetTest, GivesAProvenPersonTheLinkThatTheyHave) {
  const std::string own = code_of(sign_up({{"name", "Maya Hart"}, {"email", "maya@example.com"}}));
  ASSERT_NE(code_of(sign_up({{"name", "Eve"}, {"email", "maya@example.com"}})), own);
  const Answer by_link =
      sign_up({{"bp_e", encrypted(R"({"email":"maya@example.com","name":"Maya Hart","auto":"true"})")}});
  EXPECT_EQ(by_link.status, 200U);
  EXPECT_EQ(code_of(by_link), own);
  EXPECT_TRUE(by_link.json().contains("dashboard_url"));
  const Answer by_signature = sign_up(signed_by("maya@example.com", "Maya Hart"));
  EXPECT_EQ(by_signature.status, 200U);
  EXPECT_EQ(by_signature.json(), by_link.json());
  const std::string plain = percent_encode(R"({"email":"maya@example.com","name":"Maya","auto":true})");
  const Answer unproven = sign_up({{"bp_p", plain}});
  EXPECT_EQ(unproven.status, 201U) << "anybody can write a bp_p";
  EXPECT_NE(code_of(unproven), own);
}

TEST_F(WidgetTest, AsksForTheCampaignsOwnField) {
  origin_.add_campaign(market_, "asks", [](NewCampaign& campaign) {
    campaign.custom_field = {"Member <no>", true};
  });
  const std::string page = origin_.get("/iaf/asks/embed?market=demo").body;
  EXPECT_NE(page.find("Member &lt;no&gt;"), std::string::npos);
  EXPECT_EQ(origin_.get("/iaf/raf/embed?market=demo").body.find("id=\"custom_field\""), std::string::npos);
  const auto ask = [&](Json fields) {
    fields["market"] = "demo";
    return origin_.post("/iaf/asks/signups", fields);
  };
  Json person = {{"name", "Maya Hart"}, {"email", "maya@example.com"}};
  EXPECT_EQ(ask(person).error(), "custom_field:missing_field");
  person["custom_field"] = " ";
  EXPECT_EQ(ask(person).error(), "custom_field:missing_field");
  const std::string bp_e = encrypted(R"({"email":"maya@example.com","name":"Maya Hart","auto":"true"})");
  EXPECT_EQ(ask({{"bp_e", bp_e}}).json()["prefill"]["name"], "Maya Hart");
  EXPECT_EQ(ask(signed_by("maya@example.com", "Maya Hart")).error(), "custom_field:missing_field");
  EXPECT_EQ(origin_.count("referrers"), 0);
  person["custom_field"] = std::string(257, '7');
  EXPECT_EQ(ask(person).error(), "custom_field:too_long");
  person["custom_field"] = std::string(256, '7');
  EXPECT_EQ(ask(person).status, 201U);
  EXPECT_EQ(ask({{"bp_e", bp_e}}).status, 200U) << "who comes back is not asked again";
  person.erase("custom_field");
  EXPECT_EQ(ask(person).error(), "custom_field:missing_field")
      << "or it would tell that the address is known";
}

TEST_F(WidgetTest, DrawsTheLinksQrCode) {
  const std::string code = code_of(sign_up({{"name", "Maya"}, {"email", "maya@example.com"}}));
  const std::string target = "/iaf/raf/qr?market=demo&code=" + code;
  const Answer svg = origin_.get(target + "&format=svg");
  EXPECT_EQ(svg.status, 200U);
  EXPECT_EQ(svg.header("Content-Type"), "image/svg+xml");
  EXPECT_EQ(svg.header("Content-Security-Policy"), "default-src 'none'");
  EXPECT_EQ(svg.body.find("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "), 0U);
  const Answer png = origin_.get(target + "&format=png");
  EXPECT_EQ(png.header("Content-Type"), "image/png");
  EXPECT_EQ(png.header("Content-Disposition"), "attachment; filename=\"raf.png\"");
  EXPECT_EQ(png.body.substr(1, 3), "PNG");
  EXPECT_EQ(origin_.get(target).error(), "format:invalid_field");
  EXPECT_EQ(origin_.get(target + "&format=gif").error(), "format:invalid_field");
  EXPECT_EQ(origin_.get("/iaf/raf/qr?code=" + code + "&format=svg").error(), "market:not_found");
  EXPECT_EQ(origin_.get("/iaf/raf/qr?market=demo&code=nope&format=svg").status, 404U);
  EXPECT_EQ(origin_.get("/iaf/nope/qr?market=demo&code=" + code + "&format=svg").status, 404U);
}

TEST_F(WidgetTest, SpeaksTheLanguageThatIsAskedFor) {
  const auto opening = [&](const std::string& locale) {
    const std::string body = origin_.get("/iaf/raf/embed?market=demo&locale=" + locale).body;
    const std::size_t from = body.find("<html");
    return body.substr(from, body.find('>', from) + 1 - from);
  };
  EXPECT_EQ(opening("fr"), R"(<html lang="fr" dir="ltr">)");
  EXPECT_EQ(opening("pt_BR"), R"(<html lang="pt" dir="ltr">)");
  EXPECT_EQ(opening("DE-at"), R"(<html lang="de" dir="ltr">)");
  EXPECT_EQ(opening("xx"), R"(<html lang="en" dir="ltr">)");
  EXPECT_EQ(opening(std::string(36, 'f')), R"(<html lang="en" dir="ltr">)");
}

TEST_F(WidgetTest, NamesTheFieldAtFault) {
  EXPECT_EQ(sign_up({{"email", "maya@example.com"}}).error(), "name:missing_field");
  EXPECT_EQ(sign_up({{"name", "Maya"}}).error(), "email:missing_field");
  EXPECT_EQ(sign_up({{"name", "Maya"}, {"email", "maya"}}).error(), "email:invalid_field");
  EXPECT_EQ(sign_up({{"name", std::string(257, 'x')}, {"email", "m@example.com"}}).error(), "name:too_long");
  EXPECT_EQ(sign_up({{"nmae", "Maya"}}).error(), "nmae:unknown_field");
  EXPECT_EQ(origin_.post("/iaf/raf/signups", Json::object()).error(), "market:missing_field");
  EXPECT_EQ(origin_.post("/iaf/raf/signups", {{"market", "nope"}}).error(), "market:not_found");
  EXPECT_EQ(origin_.post("/iaf/nope/signups", {{"market", "demo"}}).status, 404U);
  EXPECT_EQ(origin_.count("referrers"), 0);
}

TEST_F(WidgetTest, HoldsASignatureThatIsGiven) {
  const std::array<Field, 2> fields = {{{"name", "Maya Hart"}, {"email", "maya@example.com"}}};
  const std::string keys = "name, email";
  Json body = {{"name", "Maya Hart"}, {"email", "maya@example.com"}, {"auto", true}, {"signed_keys", keys}};
  EXPECT_EQ(sign_up(body).error(), "signature:missing_field");
  body["signature"] = *build_signature(fields, keys, "another-secret");
  EXPECT_EQ(sign_up(body).error(), "signature:signature_mismatch");
  body["signature"] = *build_signature(fields, keys, market_.secret);
  EXPECT_EQ(sign_up(body).status, 201U);
  body["signed_keys"] = "email";
  EXPECT_EQ(sign_up(body).error(), "signed_keys:invalid_field");
  body.erase("signed_keys");
  EXPECT_EQ(sign_up(body).error(), "signed_keys:missing_field");
}

TEST_F(WidgetTest, SignsUpByLink) {
  const Answer automatic =
      sign_up({{"bp_e", encrypted(R"({"email":"john@example.com","name":"John Doe","auto":"true"})")}});
  EXPECT_EQ(automatic.status, 201U) << automatic.body;
  EXPECT_EQ(automatic.json()["first_name"], "John");
  const std::string plain = R"({"email":"jane@example.com","name":"Jane Roe","auto":true})";
  EXPECT_EQ(sign_up({{"bp_p", percent_encode(plain)}}).status, 201U);
  EXPECT_EQ(origin_.count("referrers"), 2);
}

TEST_F(WidgetTest, OpensALinkThatOnlyFillsTheForm) {
  const Answer prefill =
      sign_up({{"bp_e", encrypted(R"({"email":"john@example.com","name":"John Doe","auto":"false"})")}});
  EXPECT_EQ(prefill.status, 200U);
  EXPECT_EQ(prefill.json()["prefill"]["name"], "John Doe");
  EXPECT_EQ(prefill.json()["prefill"]["email"], "john@example.com");
  EXPECT_EQ(origin_.count("referrers"), 0);
}

TEST_F(WidgetTest, DoesNotTakeAShareLinksMetadataForASignUp) {
  const std::string metadata =
      R"({"referral_count":0,"email":"maya@example.com","first_name":"Maya","last_name":"Hart"})";
  const Answer answer = sign_up({{"bp_e", encrypted(metadata)}});
  EXPECT_EQ(answer.status, 422U);
  EXPECT_EQ(answer.error(), "bp_e:unknown_field");
  EXPECT_EQ(answer.body.find("maya"), std::string::npos);
  EXPECT_EQ(sign_up({{"bp_e", "AAAA"}}).error(), "bp_e:invalid_ciphertext");
  EXPECT_EQ(sign_up({{"bp_e", encrypted("[1]")}}).error(), "bp_e:invalid_json");
  EXPECT_EQ(sign_up({{"bp_e", encrypted(R"({"auto":"true","email":"x","name":"y"})")}}).error(),
            "bp_e:invalid_field");
  EXPECT_EQ(origin_.count("referrers"), 0);
}

}  // namespace
}  // namespace refedge::origin::test
