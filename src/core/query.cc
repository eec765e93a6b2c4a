#include "refedge/query.h"

#include <cstddef>

#include "core/percent_text.h"
#include "core/take_until.h"
#include "refedge/limits.h"
#include "refedge/share_code.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

constexpr std::string_view kRefParam = "ref";

// Takes the name off the front of `parameter`.
bool take_name(std::string_view& parameter, std::string_view name) {
  std::string decoded;
  return append_decoded(decoded, take_until(parameter, '='), PlusMeans::kSpace) && decoded == name;
}

// Appends `parameter` to a query of which `begin` is the first character in `url`.
void append_parameter(std::string& url, std::size_t begin, std::string_view parameter) {
  if (url.size() > begin && url.back() != '&') url += '&';
  url += parameter;
}

// Writes the old parameters to `url`, with `parameter` in the first place of those called `name`.
void append_query(std::string& url, std::string_view query, std::string_view name,
                  std::string_view parameter) {
  const std::size_t begin = url.size();
  bool is_written = false;
  while (!query.empty()) {
    const std::string_view old = take_until(query, '&');
    std::string_view value = old;
    const bool is_same = take_name(value, name);
    if (is_same && is_written) continue;
    append_parameter(url, begin, is_same ? parameter : old);
    is_written = is_written || is_same;
  }
  if (!is_written) append_parameter(url, begin, parameter);
}

}  // namespace

Result<std::string> find_query_param(std::string_view query, std::string_view name) {
  if (query.size() > kMaxUrlLength) return {Errc::kTooLong, "query"};
  query = query.substr(0, query.find('#'));
  if (query.starts_with('?')) query.remove_prefix(1);
  while (!query.empty()) {
    std::string_view parameter = take_until(query, '&');
    if (!take_name(parameter, name)) continue;
    std::string value;
    if (!append_decoded(value, parameter, PlusMeans::kSpace)) return {Errc::kInvalidPercentEncoding, name};
    if (!is_valid_utf8(value)) return {Errc::kInvalidUtf8, name};
    return value;
  }
  return {Errc::kNotFound, name};
}

Result<std::string> append_query_param(std::string_view url, std::string_view name, std::string_view value) {
  if (url.size() > kMaxUrlLength || value.size() > kMaxUrlLength) return {Errc::kTooLong, "url"};
  const std::size_t fragment = url.find('#');
  std::string_view query = url.substr(0, fragment);
  std::string out(take_until(query, '?'));
  out += '?';
  std::string parameter;
  append_encoded(parameter, name);
  parameter += '=';
  append_encoded(parameter, value);
  append_query(out, query, name, parameter);
  if (fragment != std::string_view::npos) out += url.substr(fragment);
  if (out.size() > kMaxUrlLength) return {Errc::kTooLong, "url"};
  return out;
}

Result<std::string> capture_ref(std::string_view query) {
  auto ref = find_query_param(query, kRefParam);
  if (!ref || is_share_code(*ref)) return ref;
  const Errc code = ref->size() > kMaxShareCodeLength ? Errc::kTooLong : Errc::kInvalidField;
  return {code, kRefParam};
}

}  // namespace refedge
