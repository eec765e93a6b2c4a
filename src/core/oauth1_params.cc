#include "core/oauth1_params.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/freshness.h"
#include "refedge/limits.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

struct Rule {
  const char* name;
  std::size_t max_length;
  bool is_required;
};

constexpr char kConsumerKey[] = "oauth_consumer_key";
constexpr char kToken[] = "oauth_token";
constexpr char kMethodName[] = "oauth_signature_method";
constexpr char kTimestamp[] = "oauth_timestamp";
constexpr char kNonce[] = "oauth_nonce";
constexpr char kVersionName[] = "oauth_version";

constexpr Rule kRules[] = {
    {kConsumerKey, kMaxOauthKeyLength, true}, {kToken, kMaxOauthKeyLength, false},
    {kMethodName, kMaxOauthKeyLength, true},  {kTimestamp, kMaxOauthKeyLength, true},
    {kNonce, kMaxOauthNonceLength, true},
};

bool is_printable(char c) noexcept { return !is_control(c); }

// Hosts store keys and nonces and log them: no control character gets that far.
Errc check_value(const Rule& rule, std::string_view value) noexcept {
  if (value.empty()) return rule.is_required ? Errc::kMissingField : Errc::kOk;
  if (value.size() > rule.max_length) return Errc::kTooLong;
  if (!is_valid_utf8(value)) return Errc::kInvalidUtf8;
  return all_of(value, is_printable) ? Errc::kOk : Errc::kInvalidField;
}

std::string_view value_of(const std::vector<OauthParam>& params, const char* name) noexcept {
  const std::string* const value = find_param(params, name);
  return value == nullptr ? std::string_view() : *value;
}

}  // namespace

const std::string* find_param(const std::vector<OauthParam>& params, const char* name) noexcept {
  for (const OauthParam& param : params) {
    if (param.name == name) return &param.value;
  }
  return nullptr;
}

Result<Verified> check_oauth_params(const std::vector<OauthParam>& params) {
  for (const Rule& rule : kRules) {
    const Errc wrong = check_value(rule, value_of(params, rule.name));
    if (wrong != Errc::kOk) return {wrong, rule.name};
  }
  if (value_of(params, kMethodName) != kOauthMethod) return {Errc::kInvalidField, kMethodName};
  if (parse_unix_seconds(value_of(params, kTimestamp)).value_or(0) == 0) {
    return {Errc::kInvalidField, kTimestamp};
  }
  const std::string* const version = find_param(params, kVersionName);
  if (version != nullptr && *version != kOauthVersion) return {Errc::kUnsupportedVersion, kVersionName};
  return Verified{};
}

std::string_view OauthAuthorization::consumer_key() const noexcept { return value_of(params, kConsumerKey); }

std::string_view OauthAuthorization::token() const noexcept { return value_of(params, kToken); }

std::string_view OauthAuthorization::nonce() const noexcept { return value_of(params, kNonce); }

std::string_view OauthAuthorization::timestamp() const noexcept { return value_of(params, kTimestamp); }

}  // namespace refedge
