#include "core/oauth1_params.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/ascii.h"
#include "core/freshness.h"
#include "refedge/limits.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

struct Rule {
  std::string_view name;
  std::size_t max_length;
  bool is_required;
};

constexpr std::string_view kConsumerKey = "oauth_consumer_key";
constexpr std::string_view kToken = "oauth_token";
constexpr std::string_view kMethodName = "oauth_signature_method";
constexpr std::string_view kTimestamp = "oauth_timestamp";
constexpr std::string_view kNonce = "oauth_nonce";
constexpr std::string_view kVersionName = "oauth_version";

constexpr std::array<Rule, 5> kRules = {{
    {kConsumerKey, kMaxOauthKeyLength, true},
    {kToken, kMaxOauthKeyLength, false},
    {kMethodName, kMaxOauthKeyLength, true},
    {kTimestamp, kMaxOauthKeyLength, true},
    {kNonce, kMaxOauthNonceLength, true},
}};

// Hosts store keys and nonces and log them: no control character gets that far.
Errc check_value(const Rule& rule, std::string_view value) noexcept {
  if (value.empty()) return rule.is_required ? Errc::kMissingField : Errc::kOk;
  if (value.size() > rule.max_length) return Errc::kTooLong;
  if (!is_valid_utf8(value)) return Errc::kInvalidUtf8;
  return std::any_of(value.begin(), value.end(), is_control) ? Errc::kInvalidField : Errc::kOk;
}

Error bad_param(Errc code, std::string_view name) { return {code, std::string(name)}; }

const OauthParam* find(const std::vector<OauthParam>& params, std::string_view name) noexcept {
  for (const OauthParam& param : params) {
    if (param.name == name) return &param;
  }
  return nullptr;
}

}  // namespace

std::string_view find_param(const std::vector<OauthParam>& params, std::string_view name) noexcept {
  const OauthParam* const param = find(params, name);
  return param == nullptr ? std::string_view() : param->value;
}

Result<Verified> check_oauth_params(const std::vector<OauthParam>& params) {
  for (const Rule& rule : kRules) {
    const Errc wrong = check_value(rule, find_param(params, rule.name));
    if (wrong != Errc::kOk) return bad_param(wrong, rule.name);
  }
  if (find_param(params, kMethodName) != kOauthMethod) return bad_param(Errc::kInvalidField, kMethodName);
  if (parse_unix_seconds(find_param(params, kTimestamp)).value_or(0) == 0) {
    return bad_param(Errc::kInvalidField, kTimestamp);
  }
  const OauthParam* const version = find(params, kVersionName);
  if (version != nullptr && version->value != kOauthVersion) {
    return bad_param(Errc::kUnsupportedVersion, kVersionName);
  }
  return Verified{};
}

std::string_view OauthAuthorization::consumer_key() const noexcept {
  return find_param(params, kConsumerKey);
}

std::string_view OauthAuthorization::token() const noexcept { return find_param(params, kToken); }

std::string_view OauthAuthorization::nonce() const noexcept { return find_param(params, kNonce); }

std::string_view OauthAuthorization::timestamp() const noexcept { return find_param(params, kTimestamp); }

}  // namespace refedge
