#include "edge/visit/cookie_form.h"

#include <gtest/gtest.h>

#include <string>

namespace refedge::edge {
namespace {

std::string written(const CookieSettings& settings, std::string_view domain = "shop.example") {
  std::string why;
  const auto form = CookieForm::make(settings, why);
  EXPECT_TRUE(form) << why;
  constexpr std::string_view kValue = "1.k7..1";
  std::string text(form ? form->length_of(kValue.size(), domain.size()) : 0, '?');
  if (form) form->write(kValue, domain, text.data());
  return text;
}

std::string refused(const CookieSettings& settings) {
  std::string why;
  EXPECT_FALSE(CookieForm::make(settings, why));
  return why;
}

TEST(CookieForm, writes_by_default_what_the_core_writes) {
  const auto by_core = build_set_cookie({.name = kEdgeCookieName,
                                         .value = "1.k7..1",
                                         .domain = "shop.example",
                                         .max_age_seconds = kMaxCookieAgeSeconds,
                                         .owner = CookieOwner::kEdge});
  ASSERT_TRUE(by_core);
  EXPECT_EQ(written({}), *by_core);
}

TEST(CookieForm, writes_an_unsigned_cookie_as_the_script_does) {
  const auto by_core = build_set_cookie({.name = kBrowserCookieName,
                                         .value = "1.k7..1",
                                         .domain = {},
                                         .max_age_seconds = 60,
                                         .owner = CookieOwner::kBrowser});
  std::string why;
  const auto form = CookieForm::make({.max_age_seconds = 60}, why);
  ASSERT_TRUE(by_core && form);
  EXPECT_EQ(form->write_unsigned("1.k7..1", {}), *by_core);
}

TEST(CookieForm, writes_what_it_is_told) {
  EXPECT_EQ(written({.name = "friend",
                     .max_age_seconds = 1,
                     .same_site = SameSite::kStrict,
                     .is_secure = false,
                     .is_http_only = false},
                    {}),
            "friend=1.k7..1; Max-Age=1; Path=/; SameSite=Strict");
  EXPECT_EQ(
      written({.same_site = SameSite::kNone}),
      "_refedge=1.k7..1; Max-Age=34560000; Path=/; Domain=shop.example; Secure; HttpOnly; SameSite=None");
}

TEST(CookieForm, refuses_what_no_browser_keeps) {
  EXPECT_EQ(refused({.name = ""}), "the name is no cookie name");
  EXPECT_EQ(refused({.name = "a=b"}), "the name is no cookie name");
  EXPECT_EQ(refused({.name = "_refedge_js"}), "the name is the script's cookie");
  EXPECT_EQ(refused({.max_age_seconds = 0}), "max_age must be between 1s and 400d");
  EXPECT_EQ(refused({.max_age_seconds = kMaxCookieAgeSeconds + 1}), "max_age must be between 1s and 400d");
  EXPECT_EQ(refused({.same_site = SameSite::kNone, .is_secure = false}), "samesite=none needs secure");
  for (const char* domain :
       {"", "co.uk", "github.io", "localhost", "127.0.0.1", "a..example", "a;b.example", "shop_1.example"})
    EXPECT_NE(refused({.domain_rule = DomainRule::kFixed, .domain = domain}), "") << domain;
}

TEST(CookieForm, takes_its_cookie_away) {
  std::string why;
  const auto form = CookieForm::make({.name = "my_ref", .max_age_seconds = 60, .same_site = SameSite::kStrict}, why);
  ASSERT_TRUE(form) << why;
  EXPECT_EQ(form->write_removal({}), "my_ref=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict");
  EXPECT_EQ(form->write_removal("shop.example"),
            "my_ref=; Max-Age=0; Path=/; Domain=shop.example; Secure; HttpOnly; SameSite=Strict");
}

TEST(CookieForm, keeps_a_fixed_domain_to_hosts_in_it) {
  std::string why;
  const auto form = CookieForm::make({.domain_rule = DomainRule::kFixed, .domain = "shop.example"}, why);
  ASSERT_TRUE(form) << why;
  for (const char* host : {"shop.example", "SHOP.example", "www.shop.example", "a.b.shop.example."})
    EXPECT_EQ(form->fixed_domain(host), "shop.example") << host;
  for (const char* host : {"", "example", "myshop.example", "shop.example.evil", "127.0.0.1"})
    EXPECT_EQ(form->fixed_domain(host), "") << host;
}

TEST(CookieForm, knows_the_words_of_samesite) {
  EXPECT_EQ(parse_same_site("lax"), SameSite::kLax);
  EXPECT_EQ(parse_same_site("strict"), SameSite::kStrict);
  EXPECT_EQ(parse_same_site("none"), SameSite::kNone);
  EXPECT_EQ(parse_same_site("Lax"), std::nullopt);
}

}  // namespace
}  // namespace refedge::edge
