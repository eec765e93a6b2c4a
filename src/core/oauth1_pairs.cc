#include "core/oauth1_pairs.h"

#include <algorithm>
#include <cstddef>

#include "core/oauth1_params.h"
#include "refedge/limits.h"
#include "refedge/percent.h"

namespace refedge {
namespace {

constexpr char kSeparator = '!';

Errc append_form_pair(OauthPairs& pairs, std::string_view pair) {
  const std::size_t equals = std::min(pair.find('='), pair.size());
  const auto name = percent_decode(pair.substr(0, equals), PlusMeans::kSpace);
  const auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), PlusMeans::kSpace);
  if (!name || !value) return Errc::kInvalidPercentEncoding;
  if (name->starts_with(kOauthPrefix)) return Errc::kDuplicateField;
  append_pair(pairs, *name, *value);
  return Errc::kOk;
}

}  // namespace

void append_pair(OauthPairs& pairs, std::string_view name, std::string_view value) {
  std::string pair = percent_encode(name);
  pair += kSeparator;
  pair += percent_encode(value);
  pairs.push_back(std::move(pair));
}

Errc append_form_pairs(OauthPairs& pairs, std::string_view text) {
  const std::size_t limit = pairs.size() + kMaxOauthParams;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    if (pairs.size() == limit) return Errc::kTooMany;
    if (const Errc wrong = append_form_pair(pairs, pair); wrong != Errc::kOk) return wrong;
  }
  return Errc::kOk;
}

// By insertion: the pairs are few, and the library's sorts are large in the modules.
std::string join_pairs(OauthPairs pairs) {
  for (std::size_t i = 1; i < pairs.size(); ++i) {
    for (std::size_t k = i; k > 0 && pairs[k] < pairs[k - 1]; --k) std::swap(pairs[k], pairs[k - 1]);
  }
  std::string out;
  for (const std::string& pair : pairs) {
    if (!out.empty()) out += '&';
    out += pair;
  }
  std::replace(out.begin(), out.end(), kSeparator, '=');
  return out;
}

}  // namespace refedge
