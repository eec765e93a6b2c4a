#include "refedge/edge_visit.h"

#include <gtest/gtest.h>

#include <string>

#include "refedge/click_id.h"
#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr std::string_view kHuman = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
constexpr std::int64_t kNow = 1700000000;

class EdgeVisit : public ::testing::Test {
 protected:
  EdgeVisit() {
    link.code = "k7";
    link.location = "https://shop.example/?ref=k7";
    link.keys = {&key, 1};
    visit.visit = {"GET", kHuman, {}, {}, {}};
    visit.now_ms = kNow * 1000;
    rule.repeat_window_seconds = 1800;
  }

  LinkAnswer answer() {
    auto answer = answer_link_visit(visit, link, rule);
    EXPECT_TRUE(answer.has_value());
    return *std::move(answer);
  }

  const std::string bytes = std::string(32, 'k');
  CookieKey key{'a', bytes};
  EdgeLink link;
  LinkVisit visit;
  EdgeRule rule;
};

TEST_F(EdgeVisit, a_click_and_its_cookie_have_one_id) {
  const LinkAnswer first = answer();
  ASSERT_TRUE(first.is_served);
  EXPECT_TRUE(is_click_id(first.click_id));
  const auto cookie = verify_cookie(first.cookie, link.keys);
  ASSERT_TRUE(cookie.has_value());
  EXPECT_EQ(*cookie, (ReferralCookie{"k7", first.click_id, kNow}));
}

TEST_F(EdgeVisit, the_cookie_that_it_set_makes_the_next_visit_a_repeat) {
  const LinkAnswer first = answer();
  const std::string header = "_refedge=" + first.cookie;
  visit.signals.cookie = header;
  visit.now_ms += 60'000;
  visit.random.fill(7);
  const LinkAnswer second = answer();
  EXPECT_TRUE(second.is_repeat);
  EXPECT_EQ(second.click_id, first.click_id);
  EXPECT_EQ(second.cookie, "");
}

TEST_F(EdgeVisit, what_the_visitor_adds_stands_in_the_answer_alone) {
  EXPECT_EQ(answer().location, "");
  visit.query = "utm_source=mail";
  EXPECT_EQ(answer().location, "https://shop.example/?ref=k7&utm_source=mail");
}

TEST_F(EdgeVisit, a_link_that_does_not_serve_has_its_fallback_and_nothing_else) {
  link.is_active = false;
  link.fallback = "https://shop.example/sorry";
  const LinkAnswer missed = answer();
  EXPECT_FALSE(missed.is_served);
  EXPECT_EQ(missed.location, link.fallback);
  EXPECT_EQ(missed.click_id + missed.cookie, "");
}

TEST_F(EdgeVisit, a_link_serves_until_the_second_it_expires) {
  link.expires_at = kNow + 1;
  EXPECT_TRUE(is_served(link, kNow));
  EXPECT_FALSE(is_served(link, kNow + 1));
}

TEST_F(EdgeVisit, so_many_cookies_of_one_name_are_looked_at) {
  const std::string good = "_refedge=" + answer().cookie;
  std::string header;
  for (std::size_t i = 1; i < kMaxCookieCandidates; ++i) header += "_refedge=x; ";
  EXPECT_TRUE(find_link_cookie(header + good, "_refedge", link).has_value());
  EXPECT_EQ(find_link_cookie("_refedge=x; " + header + good, "_refedge", link).error(), (Error{Errc::kNotFound, "cookie"}));
}

TEST_F(EdgeVisit, a_wrong_key_is_an_error_and_no_visit_without_a_cookie) {
  key.key = std::string_view(bytes).substr(1);
  const auto refused = answer_link_visit(visit, link, rule);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Errc::kInvalidKey);
}

}  // namespace
}  // namespace refedge
