#include "refedge/cookie.h"

#include <gtest/gtest.h>

#include <vector>

#include "refedge/limits.h"

namespace refedge {
namespace {

const ReferralCookie kCookie = {"k7", "0192f5a0-7b1c-7def-8123-456789abcdef", 1700000000};
const std::string kKey(32, 'k');

TEST(Cookie, what_is_built_is_parsed) {
  const ReferralCookie cookies[] = {kCookie, {"k7", "", 0}, {std::string(32, 'Z'), "", 253402300799}};
  for (const ReferralCookie& cookie : cookies) EXPECT_EQ(*parse_cookie(*build_cookie(cookie)), cookie);
}

TEST(Cookie, what_is_signed_verifies_and_parses) {
  const auto value = sign_cookie(kCookie, {'a', kKey});
  ASSERT_TRUE(value);
  const std::vector<CookieKey> ring = {{'a', kKey}};
  EXPECT_EQ(*verify_cookie(*value, ring), kCookie);
  EXPECT_EQ(*parse_cookie(*value), kCookie);
}

// Rotation: a new key signs, the old one still verifies, and once it is dropped nothing of it does.
TEST(Cookie, keys_rotate) {
  const std::string new_key(64, 'n');
  const std::string old_value = *sign_cookie(kCookie, {'a', kKey});
  const std::vector<CookieKey> both = {{'b', new_key}, {'a', kKey}};
  const std::vector<CookieKey> only_new = {{'b', new_key}};
  EXPECT_TRUE(verify_cookie(old_value, both));
  EXPECT_TRUE(verify_cookie(*sign_cookie(kCookie, both.front()), both));
  EXPECT_EQ(verify_cookie(old_value, only_new).error(), (Error{Errc::kUnknownKeyId, "cookie"}));
}

TEST(Cookie, no_changed_character_verifies) {
  const std::string value = *sign_cookie(kCookie, {'a', kKey});
  const std::vector<CookieKey> ring = {{'a', kKey}};
  for (std::size_t i = 0; i < value.size(); ++i) {
    std::string other = value;
    other[i] = other[i] == '1' ? '2' : '1';
    EXPECT_FALSE(verify_cookie(other, ring)) << other;
    other.erase(i, 1);
    EXPECT_FALSE(verify_cookie(other, ring)) << other;
  }
}

TEST(Cookie, a_ring_has_a_limit_and_sound_keys) {
  const std::string value = *sign_cookie(kCookie, {'a', kKey});
  std::vector<CookieKey> ring(kMaxCookieKeys, CookieKey{'a', kKey});
  EXPECT_TRUE(verify_cookie(value, ring));
  ring.push_back({'b', kKey});
  EXPECT_EQ(verify_cookie(value, ring).error(), (Error{Errc::kTooMany, "cookie_key"}));
  const std::vector<CookieKey> unsound = {{'a', kKey}, {'.', kKey}};
  EXPECT_EQ(verify_cookie(value, unsound).error(), (Error{Errc::kInvalidKey, "cookie_key"}));
}

TEST(Cookie, key_lengths_have_limits) {
  for (const std::size_t length : {kMinCookieKeyLength, kMaxCookieKeyLength}) {
    EXPECT_TRUE(sign_cookie(kCookie, {'a', std::string(length, 'k')}));
  }
  for (const std::size_t length : {std::size_t{0}, kMinCookieKeyLength - 1, kMaxCookieKeyLength + 1}) {
    EXPECT_EQ(sign_cookie(kCookie, {'a', std::string(length, 'k')}).error(),
              (Error{Errc::kInvalidKey, "cookie_key"}));
  }
}

TEST(Cookie, what_is_set_is_found) {
  const auto header = build_set_cookie({kEdgeCookieName, "1.k7..1", "shop.example", 60, CookieOwner::kEdge});
  ASSERT_TRUE(header);
  EXPECT_EQ(*find_cookie(header->substr(0, header->find(';')), kEdgeCookieName), "1.k7..1");
}

TEST(Cookie, what_is_not_found_is_named_as_it_was_asked_for) {
  EXPECT_EQ(find_cookie("a=1", "e\xFF").error(), (Error{Errc::kNotFound, "e\xFF"}));
}

TEST(Cookie, a_found_value_points_into_the_header) {
  const std::string header = "a=1; _refedge=abc";
  EXPECT_EQ(find_cookie(header, "_refedge")->data(), header.data() + header.size() - 3);
}

TEST(Cookie, every_character_that_breaks_a_header_is_refused) {
  for (int c = 0; c < 256; ++c) {
    const bool is_octet = c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
    const std::string value = {'v', static_cast<char>(c)};
    EXPECT_EQ(build_set_cookie({"n", value, "", 1, CookieOwner::kEdge}).has_value(), is_octet) << c;
  }
}

}  // namespace
}  // namespace refedge
