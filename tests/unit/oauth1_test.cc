#include "refedge/oauth1.h"

#include <gtest/gtest.h>

#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr std::int64_t kNow = 1320359829;
constexpr OauthRequest kRequest = {
    "POST", "https://api.example.com/referfriends?a=1",
    "Recipients%5b0%5d.Email=a%2bb%40example.com&Recipients%5b0%5d.Name=Api+docs"};
constexpr OauthCredentials kCredentials = {"ck", "consumer secret", "tk", "token secret"};
constexpr OauthSecrets kSecrets = {"consumer secret", "token secret"};

std::string signed_header() { return *sign_oauth_request(kRequest, kCredentials, kNow, "n1"); }

Result<Verified> verify(const OauthRequest& request, std::string_view header, std::int64_t now = kNow) {
  const auto authorization = parse_oauth_authorization(header);
  if (!authorization) return authorization.error();
  return verify_oauth_request(request, *authorization, kSecrets, now);
}

TEST(Oauth1, what_is_signed_is_parsed_and_verifies) {
  const std::string header = signed_header();
  const auto authorization = parse_oauth_authorization(header);
  ASSERT_TRUE(authorization);
  EXPECT_EQ(authorization->consumer_key(), "ck");
  EXPECT_EQ(authorization->token(), "tk");
  EXPECT_EQ(authorization->nonce(), "n1");
  EXPECT_EQ(authorization->timestamp(), std::to_string(kNow));
  EXPECT_TRUE(verify(kRequest, header));
}

TEST(Oauth1, the_header_stands_in_the_samples_order) {
  const std::string header = signed_header();
  std::size_t last = 0;
  for (const char* name :
       {"OAuth oauth_signature=\"", ", oauth_nonce=\"n1\"", ", oauth_timestamp=\"1320359829\"",
        ", oauth_consumer_key=\"ck\"", ", oauth_token=\"tk\"", ", oauth_signature_method=\"HMAC-SHA1\"",
        ", oauth_version=\"1.0\""}) {
    const std::size_t at = header.find(name);
    ASSERT_NE(at, std::string::npos) << name;
    EXPECT_GE(at, last);
    last = at;
  }
  EXPECT_TRUE(header.ends_with(", oauth_version=\"1.0\""));
}

TEST(Oauth1, parameters_are_kept_in_their_order_without_the_realm) {
  const auto authorization =
      parse_oauth_authorization("OAuth realm=\"r\", z=\"%41\", " + signed_header().substr(6));
  ASSERT_TRUE(authorization);
  EXPECT_EQ(authorization->params.front(), (OauthParam{"z", "A"}));
  EXPECT_EQ(authorization->params.size(), 8U);
  for (const OauthParam& param : authorization->params) EXPECT_NE(param.name, "realm");
}

TEST(Oauth1, the_usual_tolerance_is_five_minutes) {
  const std::string header = signed_header();
  EXPECT_TRUE(verify(kRequest, header, kNow + 300));
  EXPECT_TRUE(verify(kRequest, header, kNow - 300));
  EXPECT_EQ(verify(kRequest, header, kNow + 301).error(), (Error{Errc::kTooOld, "oauth_timestamp"}));
  EXPECT_EQ(verify(kRequest, header, kNow - 301).error(), (Error{Errc::kInTheFuture, "oauth_timestamp"}));
}

// Whatever character of the header is another one: it does not parse, or it does not verify.
TEST(Oauth1, no_changed_character_verifies) {
  const std::string header = signed_header();
  for (std::size_t i = sizeof "OAuth"; i < header.size(); ++i) {
    std::string other = header;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(verify(kRequest, other)) << i;
  }
}

TEST(Oauth1, no_changed_character_of_the_form_verifies) {
  const std::string header = signed_header();
  for (std::size_t i = 0; i < kRequest.form.size(); ++i) {
    std::string form(kRequest.form);
    form[i] = form[i] == 'x' ? 'y' : 'x';
    OauthRequest other = kRequest;
    other.form = form;
    EXPECT_FALSE(verify(other, header)) << i;
  }
}

// A header cut anywhere is an error, never a crash.
TEST(Oauth1, a_header_cut_short_does_not_verify) {
  const std::string header = signed_header();
  for (std::size_t n = 0; n < header.size(); ++n) EXPECT_FALSE(verify(kRequest, header.substr(0, n))) << n;
}

// What is signed can be sent: no header is made that would not be read.
TEST(Oauth1, a_header_is_made_up_to_the_length_that_is_read) {
  const std::string key(kMaxOauthKeyLength, '/');
  for (const std::size_t nonce_length : {std::size_t{1}, kMaxOauthNonceLength}) {
    const std::string nonce(nonce_length, '/');
    const auto header = sign_oauth_request(kRequest, {key, "s", key, "t"}, kNow, nonce);
    ASSERT_TRUE(header);
    EXPECT_EQ(parse_oauth_authorization(*header)->nonce(), nonce);
  }
  EXPECT_EQ(sign_oauth_request(kRequest, {std::string(9000, 'k'), "s", "", ""}, kNow, "n").error(),
            (Error{Errc::kTooLong, "authorization"}));
}

TEST(Oauth1, a_timestamp_below_one_is_not_signed) {
  for (const std::int64_t timestamp : {std::int64_t{0}, std::int64_t{-1}, INT64_MIN}) {
    EXPECT_EQ(sign_oauth_request(kRequest, kCredentials, timestamp, "n").error(),
              (Error{Errc::kInvalidField, "oauth_timestamp"}));
  }
}

}  // namespace
}  // namespace refedge
