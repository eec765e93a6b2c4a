#include "refedge/oauth1.h"

#include <algorithm>
#include <cstddef>

#include "core/ascii.h"
#include "core/crypto/crypto.h"
#include "core/decimal.h"
#include "core/freshness.h"
#include "core/oauth1_pairs.h"
#include "core/oauth1_params.h"
#include "core/oauth1_url.h"
#include "refedge/base64.h"
#include "refedge/limits.h"
#include "refedge/percent.h"
#include "refedge/secret.h"

namespace refedge {
namespace {

constexpr std::size_t kMaxMethodLength = 32;

bool is_letter(char c) noexcept { return is_lower(c) || is_upper(c); }

bool is_method(std::string_view method) noexcept {
  return !method.empty() && method.size() <= kMaxMethodLength && all_of(method, is_letter);
}

char to_upper(char c) noexcept { return is_lower(c) ? static_cast<char>(c - ('a' - 'A')) : c; }

Result<Verified> check_secrets(const OauthSecrets& secrets) {
  const std::size_t length = secrets.consumer_secret.size();
  if (length == 0 || length > kMaxOauthKeyLength) return {Errc::kInvalidKey, "consumer_secret"};
  if (secrets.token_secret.size() > kMaxOauthKeyLength) return {Errc::kInvalidKey, "token_secret"};
  return Verified{};
}

// Spec: RFC 5849 section 3.4.2.
Result<std::string> make_signature(const OauthRequest& request, const std::vector<OauthParam>& params,
                                   const OauthSecrets& secrets) {
  if (const auto checked = check_secrets(secrets); !checked) return checked.error();
  const auto text = build_oauth_base_string(request, params);
  if (!text) return text;
  std::string consumer = percent_encode(secrets.consumer_secret);
  std::string token = percent_encode(secrets.token_secret);
  std::string key = consumer + '&' + token;
  const auto mac = crypto::hmac_sha1(key, *text);
  for (std::string* secret : {&consumer, &token, &key}) wipe(*secret);
  return base64_encode(crypto::as_text(mac));
}

void append_param(std::string& header, std::string_view name, std::string_view value) {
  header.append(", ").append(name).append("=\"").append(percent_encode(value)).append(1, '"');
}

// The parameters after the signature, each with its comma before it.
std::string write_params(const OauthCredentials& credentials, std::int64_t timestamp,
                         std::string_view nonce) {
  std::string time;
  append_decimal(time, timestamp);
  std::string out;
  append_param(out, "oauth_nonce", nonce);
  append_param(out, "oauth_timestamp", time);
  append_param(out, "oauth_consumer_key", credentials.consumer_key);
  if (!credentials.token.empty()) append_param(out, "oauth_token", credentials.token);
  append_param(out, "oauth_signature_method", kOauthMethod);
  append_param(out, "oauth_version", kOauthVersion);
  return out;
}

}  // namespace

Result<std::string> build_oauth_base_string(const OauthRequest& request,
                                            const std::vector<OauthParam>& params) {
  if (!is_method(request.method)) return {Errc::kInvalidField, "method"};
  if (request.form.size() > kMaxFormLength) return {Errc::kTooLong, "form"};
  const auto url = split_oauth_url(request.url);
  if (!url) return url.error();
  OauthPairs pairs;
  for (const OauthParam& param : params) {
    if (param.name != kOauthSignature) append_pair(pairs, param.name, param.value);
  }
  if (const Errc wrong = append_form_pairs(pairs, url->query); wrong != Errc::kOk) return {wrong, "url"};
  if (const Errc wrong = append_form_pairs(pairs, request.form); wrong != Errc::kOk)
    return {wrong, "form"};
  std::string out(request.method);
  std::transform(out.begin(), out.end(), out.begin(), to_upper);
  out.append(1, '&').append(percent_encode(url->base));
  out.append(1, '&').append(percent_encode(join_pairs(std::move(pairs))));
  return out;
}

// What is signed is read from the header that is sent: a verifier reads it just so.
Result<std::string> sign_oauth_request(const OauthRequest& request, const OauthCredentials& credentials,
                                       std::int64_t timestamp, std::string_view nonce) {
  const std::string rest = write_params(credentials, timestamp, nonce);
  std::string header(kOauthScheme);
  const auto params = read_oauth_params(header + rest.substr(2));
  if (!params) return params.error();
  if (const auto checked = check_oauth_params(*params); !checked) return checked.error();
  auto signature = make_signature(request, *params, {credentials.consumer_secret, credentials.token_secret});
  if (!signature) return signature;
  header.append(kOauthSignature).append("=\"").append(percent_encode(*signature)).append(1, '"');
  header += rest;
  if (header.size() > kMaxAuthorizationLength) return {Errc::kTooLong, "authorization"};
  return header;
}

Result<Verified> verify_oauth_request(const OauthRequest& request, const OauthAuthorization& authorization,
                                      const OauthSecrets& secrets, std::int64_t now,
                                      std::int64_t tolerance_seconds) {
  const Clock clock = {now, tolerance_seconds};
  if (auto checked = check_clock(clock); !checked) return checked;
  const auto expected = make_signature(request, authorization.params, secrets);
  if (!expected) return expected.error();
  if (!constant_time_equal(find_param(authorization.params, kOauthSignature), *expected)) {
    return {Errc::kSignatureMismatch, kOauthSignature};
  }
  return check_freshness(parse_unix_seconds(authorization.timestamp()).value_or(0), clock, "oauth_timestamp");
}

}  // namespace refedge
