// OAuth 1.0 requests signed with HMAC-SHA1 (RFC 5849 section 3). Spec: docs/protocol.md#oauth-10.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "refedge/result.h"
#include "refedge/signature.h"

namespace refedge {

inline constexpr std::int64_t kOauthToleranceSeconds = 300;

// The parts of a request that are signed, as they are sent.
struct OauthRequest {
  std::string_view method;  // of either case
  std::string_view url;     // absolute, http or https, with its query: printable ASCII
  std::string_view form;    // the body when it is application/x-www-form-urlencoded, else empty
};

// A parameter, percent-decoded.
struct OauthParam {
  std::string name;
  std::string value;

  friend bool operator==(const OauthParam&, const OauthParam&) = default;
};

// An Authorization header, read but not yet verified.
struct OauthAuthorization {
  std::vector<OauthParam> params;  // all of the header but `realm`, in its order

  // What the header says, as views into `params`; the token is empty where there is none.
  [[nodiscard]] std::string_view consumer_key() const noexcept;
  [[nodiscard]] std::string_view token() const noexcept;
  [[nodiscard]] std::string_view nonce() const noexcept;
  [[nodiscard]] std::string_view timestamp() const noexcept;  // Unix seconds in decimal
};

// Who signs. The token and its secret are empty where the protocol is used without a user.
struct OauthCredentials {
  std::string_view consumer_key;
  std::string_view consumer_secret;
  std::string_view token;
  std::string_view token_secret;
};

// parse_oauth_authorization reads the value of an Authorization header of scheme "OAuth" (any case); `realm`
// is dropped. Nothing is proven yet: the host looks the secrets up by consumer_key and token and calls
// verify_oauth_request. For an unknown consumer it verifies under a random secret, so that both take as long.
// Errors: kMissingField, kTooLong over kMaxAuthorizationLength, kTooMany over kMaxOauthParams, kInvalidField
// for another scheme or form, kInvalidPercentEncoding (field "authorization"); kDuplicateField (field
// "authorization") for any name twice; by the name of the protocol parameter: kMissingField for
// oauth_consumer_key, oauth_signature_method, oauth_signature, oauth_timestamp and oauth_nonce; kTooLong over
// kMaxOauthKeyLength or kMaxOauthNonceLength; kInvalidUtf8; kInvalidField for a control character, a method
// other than HMAC-SHA1, or a timestamp that is not a positive number; kUnsupportedVersion for an
// oauth_version but "1.0". Spec: RFC 5849 sections 3.1, 3.2 and 3.5.1.
[[nodiscard]] Result<OauthAuthorization> parse_oauth_authorization(std::string_view header);

// build_oauth_base_string writes what is signed: `params` but oauth_signature, and those of the request's
// query and form, sorted after encoding. Errors: kInvalidField for a method that is not 1 to 32 letters, a
// URL of another form, one with user information, or a port above 65535 (fields "method", "url"); kTooLong
// over kMaxUrlLength or kMaxFormLength, kTooMany over kMaxOauthParams, kInvalidPercentEncoding (fields "url",
// "form"); kDuplicateField (fields "url", "form") for a parameter there that starts with "oauth_": those
// stand in one place only, the header. Spec: RFC 5849 sections 3.4.1 and 3.6.
[[nodiscard]] Result<std::string> build_oauth_base_string(const OauthRequest& request,
                                                          const std::vector<OauthParam>& params);

// sign_oauth_request returns the value of the Authorization header: oauth_signature, oauth_nonce,
// oauth_timestamp, oauth_consumer_key, oauth_token unless empty, oauth_signature_method, oauth_version, in
// this order. The host passes the time (Unix seconds) and a nonce that it never uses twice in one second.
// Errors: those of build_oauth_base_string; kMissingField, kTooLong, kInvalidField, kInvalidUtf8 by the name
// of the protocol parameter; kTooLong (field "authorization") for a header that parse_oauth_authorization
// refuses; kInvalidKey (fields "consumer_secret", "token_secret") for a consumer secret of 0 or a secret over
// kMaxOauthKeyLength bytes. Spec: RFC 5849 sections 3.1, 3.4.2 and 3.5.1.
[[nodiscard]] Result<std::string> sign_oauth_request(const OauthRequest& request,
                                                     const OauthCredentials& credentials,
                                                     std::int64_t timestamp, std::string_view nonce);

// The secrets that belong to an authorization's consumer_key and token.
struct OauthSecrets {
  std::string_view consumer_secret;
  std::string_view token_secret;
};

// verify_oauth_request checks the signature in constant time, then the timestamp against `now` (Unix
// seconds). The host then refuses a (consumer_key, timestamp, nonce) that it has seen within the tolerance.
// Errors: those of build_oauth_base_string; kInvalidKey as above; kSignatureMismatch (field
// "oauth_signature"); kTooOld, kInTheFuture (field "oauth_timestamp"); kInvalidField (fields "now",
// "tolerance_seconds"). Spec: RFC 5849 sections 3.2 and 3.3.
[[nodiscard]] Result<Verified> verify_oauth_request(const OauthRequest& request,
                                                    const OauthAuthorization& authorization,
                                                    const OauthSecrets& secrets, std::int64_t now,
                                                    std::int64_t tolerance_seconds = kOauthToleranceSeconds);

}  // namespace refedge
