#include "refedge/oauth1.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/crypto/crypto.h"
#include "core/decimal.h"
#include "core/freshness.h"
#include "core/oauth1_pairs.h"
#include "core/oauth1_params.h"
#include "core/oauth1_url.h"
#include "core/percent_text.h"
#include "refedge/base64.h"
#include "refedge/limits.h"
#include "refedge/secret.h"

namespace refedge {
namespace {

constexpr std::size_t kMaxMethodLength = 32;

bool is_letter(char c) noexcept { return is_lower(c) || is_upper(c); }

bool is_method(std::string_view method) noexcept {
  return !method.empty() && method.size() <= kMaxMethodLength && all_of(method, is_letter);
}

// Spec: RFC 5849 section 3.4.2.
Result<std::string> make_signature(const OauthRequest& request, const std::vector<OauthParam>& params,
                                   const OauthSecrets& secrets) {
  const std::size_t length = secrets.consumer_secret.size();
  if (length == 0 || length > kMaxOauthKeyLength) return {Errc::kInvalidKey, "consumer_secret"};
  if (secrets.token_secret.size() > kMaxOauthKeyLength) return {Errc::kInvalidKey, "token_secret"};
  const auto text = build_oauth_base_string(request, params);
  if (!text) return text;
  std::string key;
  key.reserve(3 * (length + secrets.token_secret.size()) + 1);  // so that no copy is left behind
  append_encoded(key, secrets.consumer_secret);
  key += '&';
  append_encoded(key, secrets.token_secret);
  const auto mac = crypto::hmac_sha1(key, *text);
  wipe(key);
  return base64_encode(crypto::as_text(mac));
}

void append_param(std::string& header, const char* name, std::string_view value) {
  header.append(name).append("=\"");
  append_encoded(header, value);
  header += "\", ";
}

// The header without its signature.
std::string write_header(const OauthCredentials& credentials, std::int64_t timestamp,
                         std::string_view nonce) {
  std::string time;
  append_decimal(time, timestamp);
  std::string out = kOauthScheme;
  append_param(out, "oauth_nonce", nonce);
  append_param(out, "oauth_timestamp", time);
  append_param(out, "oauth_consumer_key", credentials.consumer_key);
  if (!credentials.token.empty()) append_param(out, "oauth_token", credentials.token);
  append_param(out, "oauth_signature_method", kOauthMethod);
  append_param(out, "oauth_version", kOauthVersion);
  out.resize(out.size() - 2);
  return out;
}

}  // namespace

Result<std::string> build_oauth_base_string(const OauthRequest& request,
                                            const std::vector<OauthParam>& params) {
  if (!is_method(request.method)) return {Errc::kInvalidField, "method"};
  if (request.form.size() > kMaxFormLength) return {Errc::kTooLong, "form"};
  OauthPairs pairs;
  for (const OauthParam& param : params) {
    if (param.name != kOauthSignature) append_pair(pairs, param);
  }
  OauthUrl url;
  Errc wrong = split_oauth_url(request.url, url);
  if (wrong == Errc::kOk) wrong = append_form_pairs(pairs, url.query);
  if (wrong != Errc::kOk) return {wrong, "url"};
  wrong = append_form_pairs(pairs, request.form);
  if (wrong != Errc::kOk) return {wrong, "form"};
  std::string out;
  for (const char c : request.method) out += static_cast<char>(c & ~0x20);  // letters, in upper case
  out += '&';
  append_encoded(out, url.base);
  out += '&';
  append_encoded(out, join_pairs(pairs));
  return out;
}

// What is signed is read from the header that is sent: a verifier reads it just so.
Result<std::string> sign_oauth_request(const OauthRequest& request, const OauthCredentials& credentials,
                                       std::int64_t timestamp, std::string_view nonce) {
  std::string header = write_header(credentials, timestamp, nonce);
  const auto read = read_oauth_header(header);
  if (!read) return read.error();
  auto signature =
      make_signature(request, read->params, {credentials.consumer_secret, credentials.token_secret});
  if (!signature) return signature;
  std::string first;
  append_param(first, kOauthSignature, *signature);
  header.insert(sizeof kOauthScheme - 1, first);
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
  const std::string* const given = find_param(authorization.params, kOauthSignature);
  if (given == nullptr || !constant_time_equal(*given, *expected)) {
    return {Errc::kSignatureMismatch, kOauthSignature};
  }
  return check_freshness(parse_unix_seconds(authorization.timestamp()).value_or(0), clock, "oauth_timestamp");
}

}  // namespace refedge
