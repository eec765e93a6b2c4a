#include "refedge/oauth1.h"

#include <algorithm>
#include <cstddef>

#include "core/ascii.h"
#include "core/crypto/crypto.h"
#include "core/decimal.h"
#include "core/freshness.h"
#include "core/oauth1_params.h"
#include "core/oauth1_url.h"
#include "refedge/base64.h"
#include "refedge/limits.h"
#include "refedge/percent.h"
#include "refedge/secret.h"

namespace refedge {
namespace {

constexpr std::size_t kMaxMethodLength = 32;

bool is_method(std::string_view method) noexcept {
  return !method.empty() && method.size() <= kMaxMethodLength &&
         all_of(method, [](char c) { return is_lower(c) || is_upper(c); });
}

char to_upper(char c) noexcept { return is_lower(c) ? static_cast<char>(c - ('a' - 'A')) : c; }

bool by_name_and_value(const OauthParam& a, const OauthParam& b) noexcept {
  const int order = a.name.compare(b.name);
  return order != 0 ? order < 0 : a.value < b.value;
}

// Encoded first and sorted after: the order of the encoded bytes is the one that is signed.
std::string normalise_params(std::vector<OauthParam> params) {
  for (OauthParam& param : params) {
    param.name = percent_encode(param.name);
    param.value = percent_encode(param.value);
  }
  std::sort(params.begin(), params.end(), by_name_and_value);
  std::string out;
  for (const OauthParam& param : params) {
    if (!out.empty()) out += '&';
    out.append(param.name).append(1, '=').append(param.value);
  }
  return out;
}

std::vector<OauthParam> without_signature(const std::vector<OauthParam>& params) {
  std::vector<OauthParam> out;
  for (const OauthParam& param : params) {
    if (param.name != kOauthSignature) out.push_back(param);
  }
  return out;
}

Result<Verified> check_secrets(const OauthSecrets& secrets) {
  const std::size_t length = secrets.consumer_secret.size();
  if (length == 0 || length > kMaxOauthKeyLength) return Error{Errc::kInvalidKey, "consumer_secret"};
  if (secrets.token_secret.size() > kMaxOauthKeyLength) return Error{Errc::kInvalidKey, "token_secret"};
  return Verified{};
}

// Spec: RFC 5849 section 3.4.2.
Result<std::string> make_signature(const OauthRequest& request, const std::vector<OauthParam>& params,
                                   const OauthSecrets& secrets) {
  if (const auto checked = check_secrets(secrets); !checked) return checked.error();
  const auto text = build_oauth_base_string(request, params);
  if (!text) return text.error();
  std::string consumer = percent_encode(secrets.consumer_secret);
  std::string token = percent_encode(secrets.token_secret);
  std::string key = consumer + '&' + token;
  const auto mac = crypto::hmac_sha1(key, *text);
  for (std::string* secret : {&consumer, &token, &key}) wipe(*secret);
  return base64_encode(crypto::as_text(mac));
}

std::string write_header(const std::vector<OauthParam>& params) {
  std::string out = "OAuth ";
  for (const OauthParam& param : params) {
    if (&param != &params.front()) out += ", ";
    out.append(param.name).append("=\"").append(percent_encode(param.value)).append(1, '"');
  }
  return out;
}

std::vector<OauthParam> make_params(const OauthCredentials& credentials, std::int64_t timestamp,
                                    std::string_view nonce) {
  std::string time;
  append_decimal(time, timestamp);
  std::vector<OauthParam> params = {{std::string(kOauthSignature), {}},
                                    {"oauth_nonce", std::string(nonce)},
                                    {"oauth_timestamp", std::move(time)},
                                    {"oauth_consumer_key", std::string(credentials.consumer_key)}};
  if (!credentials.token.empty()) params.push_back({"oauth_token", std::string(credentials.token)});
  params.push_back({"oauth_signature_method", std::string(kOauthMethod)});
  params.push_back({"oauth_version", std::string(kOauthVersion)});
  return params;
}

}  // namespace

Result<std::string> build_oauth_base_string(const OauthRequest& request, const std::vector<OauthParam>& params) {
  if (!is_method(request.method)) return Error{Errc::kInvalidField, "method"};
  if (request.form.size() > kMaxFormLength) return Error{Errc::kTooLong, "form"};
  const auto url = split_oauth_url(request.url);
  if (!url) return url.error();
  std::vector<OauthParam> all = without_signature(params);
  if (const auto read = append_form_params(all, url->query, "url"); !read) return read.error();
  if (const auto read = append_form_params(all, request.form, "form"); !read) return read.error();
  std::string out(request.method);
  std::transform(out.begin(), out.end(), out.begin(), to_upper);
  out.append(1, '&').append(percent_encode(url->base));
  out.append(1, '&').append(percent_encode(normalise_params(std::move(all))));
  return out;
}

Result<std::string> sign_oauth_request(const OauthRequest& request, const OauthCredentials& credentials,
                                       std::int64_t timestamp, std::string_view nonce) {
  std::vector<OauthParam> params = make_params(credentials, timestamp, nonce);
  if (const auto checked = check_oauth_params(params); !checked) return checked.error();
  auto signature = make_signature(request, params, {credentials.consumer_secret, credentials.token_secret});
  if (!signature) return signature;
  params.front().value = std::move(*signature);
  return write_header(params);
}

Result<Verified> verify_oauth_request(const OauthRequest& request, const OauthAuthorization& authorization,
                                      const OauthSecrets& secrets, std::int64_t now,
                                      std::int64_t tolerance_seconds) {
  const Clock clock = {now, tolerance_seconds};
  if (auto checked = check_clock(clock); !checked) return checked;
  const auto expected = make_signature(request, authorization.params, secrets);
  if (!expected) return expected.error();
  if (!constant_time_equal(authorization.signature, *expected)) {
    return Error{Errc::kSignatureMismatch, std::string(kOauthSignature)};
  }
  return check_freshness(authorization.timestamp, clock, "oauth_timestamp");
}

}  // namespace refedge
