// Reading the Authorization header: RFC 5849 section 3.5.1.
#include <cstddef>

#include "core/ascii.h"
#include "core/oauth1_params.h"
#include "refedge/limits.h"
#include "refedge/oauth1.h"
#include "refedge/percent.h"

namespace refedge {
namespace {

constexpr std::string_view kRealm = "realm";
constexpr std::size_t kSchemeLength = kOauthScheme.size() - 1;  // without the blank

// What percent-encoding leaves of a name: a comma too many becomes part of none.
bool is_name_character(char c) noexcept { return is_url_safe(c) || c == '.' || c == '~' || c == '%'; }

bool has_scheme(std::string_view header) noexcept {
  if (header.size() <= kSchemeLength || !is_white_space(header[kSchemeLength])) return false;
  for (std::size_t i = 0; i < kSchemeLength; ++i) {
    if (to_lower(header[i]) != to_lower(kOauthScheme[i])) return false;
  }
  return true;
}

// Where the quoted text that `rest` starts with ends; a backslash keeps the next character from ending it,
// which only a realm makes use of.
std::size_t find_quote_end(std::string_view rest) noexcept {
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') return i;
    if (rest[i] == '\\') ++i;
  }
  return std::string_view::npos;
}

struct RawParam {
  std::string_view name;  // empty: there is no parameter
  std::string_view value;
};

// Takes `name="value"` and the comma after it off the front of `rest`.
RawParam take_param(std::string_view& rest) noexcept {
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos) return {};
  const std::string_view name = trim(rest.substr(0, equals), is_white_space);
  rest = trim(rest.substr(equals + 1), is_white_space);
  if (!all_of(name, is_name_character) || !rest.starts_with('"')) return {};
  const std::size_t end = find_quote_end(rest);
  if (end == std::string_view::npos) return {};
  const std::string_view value = rest.substr(1, end - 1);
  rest = trim(rest.substr(end + 1), is_white_space);
  if (rest.empty()) return {name, value};
  if (rest.size() == 1 || rest.front() != ',') return {};
  rest.remove_prefix(1);
  return {name, value};
}

bool is_known(const std::vector<OauthParam>& params, std::string_view name) noexcept {
  for (const OauthParam& param : params) {
    if (param.name == name) return true;
  }
  return false;
}

// Takes the next parameter. The realm goes in too, so that there is one at most, and is dropped at the end.
Errc take_decoded(std::vector<OauthParam>& params, std::string_view& rest) {
  const RawParam raw = take_param(rest);
  if (raw.name.empty()) return Errc::kInvalidField;
  const bool is_realm = raw.name == kRealm;
  auto name = percent_decode(raw.name);
  auto value = percent_decode(is_realm ? std::string_view() : raw.value);
  if (!name || !value) return Errc::kInvalidPercentEncoding;
  if (is_known(params, *name)) return Errc::kDuplicateField;
  if (params.size() > kMaxOauthParams) return Errc::kTooMany;
  params.push_back({std::move(*name), std::move(*value)});
  return Errc::kOk;
}

void drop_realm(std::vector<OauthParam>& params) {
  for (auto param = params.begin(); param != params.end(); ++param) {
    if (param->name != kRealm) continue;
    params.erase(param);
    return;
  }
}

}  // namespace

Result<std::vector<OauthParam>> read_oauth_params(std::string_view header) {
  if (header.size() > kMaxAuthorizationLength) return {Errc::kTooLong, "authorization"};
  header = trim(header, is_white_space);
  if (header.empty()) return {Errc::kMissingField, "authorization"};
  if (!has_scheme(header)) return {Errc::kInvalidField, "authorization"};
  std::string_view rest = trim(header.substr(kSchemeLength), is_white_space);
  std::vector<OauthParam> params;
  while (!rest.empty()) {
    const Errc wrong = take_decoded(params, rest);
    if (wrong != Errc::kOk) return {wrong, "authorization"};
  }
  drop_realm(params);
  if (params.size() > kMaxOauthParams) return {Errc::kTooMany, "authorization"};
  return params;
}

Result<OauthAuthorization> parse_oauth_authorization(std::string_view header) {
  auto params = read_oauth_params(header);
  if (!params) return params.error();
  if (const auto checked = check_oauth_params(*params); !checked) return checked.error();
  if (find_param(*params, kOauthSignature).empty())
    return {Errc::kMissingField, kOauthSignature};
  return OauthAuthorization{std::move(*params)};
}

}  // namespace refedge
