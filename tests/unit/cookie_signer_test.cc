#include "refedge/cookie_signer.h"

#include <gtest/gtest.h>

#include <string>

#include "refedge/limits.h"

namespace refedge {
namespace {

const std::string kKey(32, 'k');
constexpr std::string_view kClickId = "0192f5a0-7b1c-7def-8123-456789abcdef";

std::string sign(const CookieSigner& signer, std::string_view code, std::string_view click_id,
                 std::int64_t at) {
  std::array<char, kMaxSignedCookieLength> out{};
  return {out.data(), signer.sign(code, click_id, at, out)};
}

TEST(CookieSigner, writes_what_sign_cookie_writes) {
  const std::int64_t times[] = {0, 9, 1700000000, 253402300799};
  for (const std::string& key : {kKey, std::string(48, 'x'), std::string(64, '\xff')}) {
    const CookieKey cookie_key = {'b', key};
    const auto signer = CookieSigner::make(cookie_key);
    ASSERT_TRUE(signer);
    for (std::size_t length = 1; length <= kMaxShareCodeLength; ++length) {
      const std::string code(length, 'Z');
      for (const std::string_view click_id : {kClickId, std::string_view()})
        for (const std::int64_t at : times)
          ASSERT_EQ(sign(*signer, code, click_id, at),
                    *sign_cookie({code, std::string(click_id), at}, cookie_key));
    }
  }
}

TEST(CookieSigner, fills_its_longest_form_exactly) {
  const auto signer = CookieSigner::make({'_', kKey});
  ASSERT_TRUE(signer);
  EXPECT_EQ(sign(*signer, std::string(kMaxShareCodeLength, 'a'), kClickId, 253402300799).size(),
            kMaxSignedCookieLength);
}

TEST(CookieSigner, needs_nothing_of_the_key_later) {
  std::string key = kKey;
  const auto signer = CookieSigner::make({'a', key});
  ASSERT_TRUE(signer);
  key.assign(32, '\0');
  EXPECT_EQ(sign(*signer, "k7", "", 1), *sign_cookie({"k7", "", 1}, {'a', kKey}));
}

TEST(CookieSigner, refuses_the_keys_that_sign_cookie_refuses) {
  const Error refused{Errc::kInvalidKey, "cookie_key"};
  for (const CookieKey key : {CookieKey{'.', kKey}, CookieKey{'a', std::string_view(kKey).substr(1)}}) {
    EXPECT_EQ(CookieSigner::make(key).error(), refused);
    EXPECT_EQ(sign_cookie({"k7", "", 1}, key).error(), refused);
  }
  EXPECT_EQ(CookieSigner::make({'a', std::string(65, 'k')}).error(), refused);
}

}  // namespace
}  // namespace refedge
