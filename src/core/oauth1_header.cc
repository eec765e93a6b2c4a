// Reading the Authorization header: RFC 5849 section 3.5.1.
#include <cstddef>

#include "core/ascii.h"
#include "core/oauth1_params.h"
#include "core/percent_text.h"
#include "core/take_until.h"
#include "refedge/limits.h"
#include "refedge/oauth1.h"

namespace refedge {
namespace {

constexpr char kRealm[] = "realm";
constexpr std::size_t kSchemeLength = sizeof kOauthScheme - 2;  // without the blank

// What percent-encoding leaves of a name: a comma too many becomes part of none.
bool is_name_character(char c) noexcept { return is_unreserved(c) || c == '%'; }

bool has_scheme(std::string_view header) noexcept {
  if (header.size() <= kSchemeLength || !is_white_space(header[kSchemeLength])) return false;
  for (std::size_t i = 0; i < kSchemeLength; ++i) {
    if (to_lower(header[i]) != to_lower(kOauthScheme[i])) return false;
  }
  return true;
}

// Where the quoted text that `rest` starts with ends, or where `rest` does; a backslash keeps the next
// character from ending it, which only a realm makes use of.
std::size_t find_quote_end(std::string_view rest) noexcept {
  std::size_t i = 1;
  while (i < rest.size() && rest[i] != '"') i += rest[i] == '\\' ? 2U : 1U;
  return i;
}

// Takes `name="value"` and the comma after it off the front of `rest`; false when there is none.
bool take_param(std::string_view& rest, std::string_view& name, std::string_view& value) noexcept {
  name = trim(take_until(rest, '='), is_white_space);
  rest = trim(rest, is_white_space);
  if (name.empty() || !all_of(name, is_name_character) || !rest.starts_with('"')) return false;
  const std::size_t end = find_quote_end(rest);
  if (end >= rest.size()) return false;
  value = rest.substr(1, end - 1);
  rest = trim(rest.substr(end + 1), is_white_space);
  if (rest.empty()) return true;
  if (rest.size() == 1 || rest.front() != ',') return false;
  rest.remove_prefix(1);
  return true;
}

// Without rules for any of the parameters. The realm goes in too, so that there is one at most, and is
// dropped at the end.
Errc read_params(std::string_view header, std::vector<OauthParam>& params) {
  if (header.size() > kMaxAuthorizationLength) return Errc::kTooLong;
  header = trim(header, is_white_space);
  if (header.empty()) return Errc::kMissingField;
  if (!has_scheme(header)) return Errc::kInvalidField;
  std::string_view rest = trim(header.substr(kSchemeLength), is_white_space);
  while (!rest.empty()) {
    std::string_view name, value;
    if (!take_param(rest, name, value)) return Errc::kInvalidField;
    if (name == kRealm) value = {};
    OauthParam param;
    if (!append_decoded(param.name, name, PlusMeans::kPlus) ||
        !append_decoded(param.value, value, PlusMeans::kPlus)) {
      return Errc::kInvalidPercentEncoding;
    }
    for (const OauthParam& other : params) {
      if (other.name == param.name) return Errc::kDuplicateField;
    }
    if (params.size() > kMaxOauthParams) return Errc::kTooMany;
    params.push_back(std::move(param));
  }
  for (auto param = params.begin(); param != params.end(); ++param) {
    if (param->name != kRealm) continue;
    params.erase(param);
    break;
  }
  return params.size() > kMaxOauthParams ? Errc::kTooMany : Errc::kOk;
}

}  // namespace

Result<OauthAuthorization> read_oauth_header(std::string_view header) {
  OauthAuthorization authorization;
  if (const Errc wrong = read_params(header, authorization.params); wrong != Errc::kOk)
    return {wrong, "authorization"};
  if (const auto checked = check_oauth_params(authorization.params); !checked) return checked.error();
  return authorization;
}

Result<OauthAuthorization> parse_oauth_authorization(std::string_view header) {
  auto authorization = read_oauth_header(header);
  if (!authorization) return authorization;
  const std::string* const signature = find_param(authorization->params, kOauthSignature);
  if (signature == nullptr || signature->empty()) return {Errc::kMissingField, kOauthSignature};
  return authorization;
}

}  // namespace refedge
