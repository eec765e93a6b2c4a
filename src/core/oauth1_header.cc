// Reading the Authorization header: RFC 5849 section 3.5.1.
#include <algorithm>
#include <cstddef>

#include "core/ascii.h"
#include "core/freshness.h"
#include "core/oauth1_params.h"
#include "refedge/limits.h"
#include "refedge/oauth1.h"
#include "refedge/percent.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

constexpr std::string_view kScheme = "oauth";
constexpr std::string_view kRealm = "realm";

Error bad_header(Errc code) { return {code, "authorization"}; }

// What percent-encoding leaves of a name: a comma too many becomes part of none.
bool is_name_character(char c) noexcept { return is_url_safe(c) || c == '.' || c == '~' || c == '%'; }

bool is_name(std::string_view text) noexcept { return !text.empty() && all_of(text, is_name_character); }

bool has_scheme(std::string_view header) noexcept {
  if (header.size() <= kScheme.size() || !is_white_space(header[kScheme.size()])) return false;
  return std::equal(kScheme.begin(), kScheme.end(), header.begin(), [](char a, char b) { return a == to_lower(b); });
}

// Where the quoted text that `rest` starts with ends, after its quote; a backslash keeps the next character from ending
// it, which only a realm makes use of.
std::size_t find_quote_end(std::string_view rest) noexcept {
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') return i;
    if (rest[i] == '\\') ++i;
  }
  return std::string_view::npos;
}

struct RawParam {
  std::string_view name;
  std::string_view value;
};

// Takes `name="value"` and the comma after it off the front of `rest`.
Result<RawParam> take_param(std::string_view& rest) {
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos) return bad_header(Errc::kInvalidField);
  const std::string_view name = trim(rest.substr(0, equals), is_white_space);
  rest = trim(rest.substr(equals + 1), is_white_space);
  if (!is_name(name) || !rest.starts_with('"')) return bad_header(Errc::kInvalidField);
  const std::size_t end = find_quote_end(rest);
  if (end == std::string_view::npos) return bad_header(Errc::kInvalidField);
  const RawParam param = {name, rest.substr(1, end - 1)};
  rest = trim(rest.substr(end + 1), is_white_space);
  if (rest.empty()) return param;
  if (rest.size() == 1 || rest.front() != ',') return bad_header(Errc::kInvalidField);
  rest.remove_prefix(1);
  return param;
}

Result<OauthParam> decode_param(const RawParam& raw) {
  auto name = percent_decode(raw.name);
  auto value = percent_decode(raw.value);
  if (!name || !value) return bad_header(Errc::kInvalidPercentEncoding);
  if (!is_valid_utf8(*name) || !is_valid_utf8(*value)) return bad_header(Errc::kInvalidUtf8);
  return OauthParam{std::move(*name), std::move(*value)};
}

bool is_known(const std::vector<OauthParam>& params, std::string_view name) noexcept {
  return std::any_of(params.begin(), params.end(), [name](const OauthParam& param) { return param.name == name; });
}

Result<std::vector<OauthParam>> read_params(std::string_view rest) {
  std::vector<OauthParam> params;
  bool has_realm = false;
  while (!rest.empty()) {
    const auto raw = take_param(rest);
    if (!raw) return raw.error();
    if (raw->name == kRealm) {
      if (has_realm) return bad_header(Errc::kDuplicateField);
      has_realm = true;
      continue;
    }
    auto param = decode_param(*raw);
    if (!param) return param.error();
    if (is_known(params, param->name)) return bad_header(Errc::kDuplicateField);
    if (params.size() == kMaxOauthParams) return bad_header(Errc::kTooMany);
    params.push_back(std::move(*param));
  }
  return params;
}

}  // namespace

Result<OauthAuthorization> parse_oauth_authorization(std::string_view header) {
  if (header.size() > kMaxAuthorizationLength) return bad_header(Errc::kTooLong);
  header = trim(header, is_white_space);
  if (header.empty()) return bad_header(Errc::kMissingField);
  if (!has_scheme(header)) return bad_header(Errc::kInvalidField);
  auto params = read_params(trim(header.substr(kScheme.size()), is_white_space));
  if (!params) return params.error();
  if (const auto checked = check_oauth_params(*params); !checked) return checked.error();
  OauthAuthorization authorization;
  authorization.consumer_key = find_param(*params, "oauth_consumer_key");
  authorization.token = find_param(*params, "oauth_token");
  authorization.nonce = find_param(*params, "oauth_nonce");
  authorization.signature = find_param(*params, kOauthSignature);
  authorization.timestamp = parse_unix_seconds(find_param(*params, "oauth_timestamp")).value_or(0);
  if (authorization.signature.empty()) return Error{Errc::kMissingField, std::string(kOauthSignature)};
  authorization.params = std::move(*params);
  return authorization;
}

}  // namespace refedge
