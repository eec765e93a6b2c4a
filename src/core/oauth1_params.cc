#include "core/oauth1_params.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/ascii.h"
#include "core/freshness.h"
#include "refedge/limits.h"
#include "refedge/percent.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

struct Rule {
  std::string_view name;
  bool is_required;
  std::size_t max_length;
};

constexpr std::array<Rule, 6> kRules = {{
    {"oauth_consumer_key", true, kMaxOauthKeyLength},
    {"oauth_token", false, kMaxOauthKeyLength},
    {"oauth_signature_method", true, kMaxOauthKeyLength},
    {"oauth_timestamp", true, kMaxOauthKeyLength},
    {"oauth_nonce", true, kMaxOauthNonceLength},
    {"oauth_version", false, kMaxOauthKeyLength},
}};

// Hosts store keys and nonces and log them: no control character gets that far.
Errc check_value(const Rule& rule, std::string_view value) noexcept {
  if (value.empty()) return rule.is_required ? Errc::kMissingField : Errc::kOk;
  if (value.size() > rule.max_length) return Errc::kTooLong;
  if (!is_valid_utf8(value)) return Errc::kInvalidUtf8;
  return std::any_of(value.begin(), value.end(), is_control) ? Errc::kInvalidField : Errc::kOk;
}

bool is_positive_time(std::string_view text) noexcept { return parse_unix_seconds(text).value_or(0) > 0; }

bool has_param(const std::vector<OauthParam>& params, std::string_view name) noexcept {
  return std::any_of(params.begin(), params.end(), [name](const OauthParam& param) { return param.name == name; });
}

}  // namespace

std::string_view find_param(const std::vector<OauthParam>& params, std::string_view name) noexcept {
  for (const OauthParam& param : params) {
    if (param.name == name) return param.value;
  }
  return {};
}

Result<Verified> check_oauth_params(const std::vector<OauthParam>& params) {
  for (const Rule& rule : kRules) {
    const Errc wrong = check_value(rule, find_param(params, rule.name));
    if (wrong != Errc::kOk) return Error{wrong, std::string(rule.name)};
  }
  if (find_param(params, "oauth_signature_method") != kOauthMethod) {
    return Error{Errc::kInvalidField, "oauth_signature_method"};
  }
  if (!is_positive_time(find_param(params, "oauth_timestamp"))) return Error{Errc::kInvalidField, "oauth_timestamp"};
  if (has_param(params, "oauth_version") && find_param(params, "oauth_version") != kOauthVersion) {
    return Error{Errc::kUnsupportedVersion, "oauth_version"};
  }
  return Verified{};
}

Result<Verified> append_form_params(std::vector<OauthParam>& params, std::string_view text, const char* field) {
  std::size_t num_params = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('&');
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (pair.empty()) continue;
    if (++num_params > kMaxOauthParams) return Error{Errc::kTooMany, field};
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = percent_decode(pair.substr(0, equals), PlusMeans::kSpace);
    auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), PlusMeans::kSpace);
    if (!name || !value) return Error{Errc::kInvalidPercentEncoding, field};
    if (name->starts_with(kOauthPrefix)) return Error{Errc::kDuplicateField, field};
    params.push_back({std::move(*name), std::move(*value)});
  }
  return Verified{};
}

}  // namespace refedge
