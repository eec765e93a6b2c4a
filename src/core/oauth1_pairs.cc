#include "core/oauth1_pairs.h"

#include <cstddef>

#include "core/oauth1_params.h"
#include "core/percent_text.h"
#include "core/replace.h"
#include "core/take_until.h"
#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr char kSeparator = '!';

Errc append_form_pair(OauthPairs& pairs, std::string_view value) {
  OauthParam param;
  const bool is_decoded = append_decoded(param.name, take_until(value, '='), PlusMeans::kSpace) &&
                          append_decoded(param.value, value, PlusMeans::kSpace);
  if (!is_decoded) return Errc::kInvalidPercentEncoding;
  if (param.name.starts_with(kOauthPrefix)) return Errc::kDuplicateField;
  append_pair(pairs, param);
  return Errc::kOk;
}

}  // namespace

// By insertion: the pairs are few, and the library's sorts are large in the modules.
void append_pair(OauthPairs& pairs, const OauthParam& param) {
  std::string pair;
  append_encoded(pair, param.name);
  pair += kSeparator;
  append_encoded(pair, param.value);
  auto place = pairs.end();
  while (place != pairs.begin() && pair < place[-1]) --place;
  pairs.insert(place, pair);
}

Errc append_form_pairs(OauthPairs& pairs, std::string_view text) {
  const std::size_t limit = pairs.size() + kMaxOauthParams;
  while (!text.empty()) {
    const std::string_view pair = take_until(text, '&');
    if (pair.empty()) continue;
    if (pairs.size() == limit) return Errc::kTooMany;
    if (const Errc wrong = append_form_pair(pairs, pair); wrong != Errc::kOk) return wrong;
  }
  return Errc::kOk;
}

std::string join_pairs(const OauthPairs& pairs) {
  std::string out;
  for (const std::string& pair : pairs) {
    if (!out.empty()) out += '&';
    out += pair;
  }
  replace_from(out, 0, kSeparator, '=');
  return out;
}

}  // namespace refedge
