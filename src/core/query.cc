#include "refedge/query.h"

#include <cstddef>

#include "core/take_until.h"
#include "refedge/limits.h"
#include "refedge/percent.h"
#include "refedge/share_code.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

constexpr std::string_view kRefParam = "ref";

bool is_named(std::string_view parameter, std::string_view name) {
  const auto decoded = percent_decode(take_until(parameter, '='), PlusMeans::kSpace);
  return decoded && *decoded == name;
}

std::string_view raw_value(std::string_view parameter) noexcept {
  take_until(parameter, '=');
  return parameter;
}

Result<std::string> decode_value(std::string_view parameter, std::string_view name) {
  auto value = percent_decode(raw_value(parameter), PlusMeans::kSpace);
  if (!value) return {value.error().code, name};
  if (!is_valid_utf8(*value)) return {Errc::kInvalidUtf8, name};
  return value;
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
    const bool is_same = is_named(old, name);
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
    const std::string_view parameter = take_until(query, '&');
    if (is_named(parameter, name)) return decode_value(parameter, name);
  }
  return {Errc::kNotFound, name};
}

Result<std::string> append_query_param(std::string_view url, std::string_view name, std::string_view value) {
  const Error too_long = {Errc::kTooLong, "url"};
  if (url.size() > kMaxUrlLength || value.size() > kMaxUrlLength) return too_long;
  const std::size_t fragment = url.find('#');
  std::string_view query = url.substr(0, fragment);
  std::string out(take_until(query, '?'));
  out += '?';
  append_query(out, query, name, percent_encode(name) + '=' + percent_encode(value));
  if (fragment != std::string_view::npos) out += url.substr(fragment);
  if (out.size() > kMaxUrlLength) return too_long;
  return out;
}

Result<std::string> capture_ref(std::string_view query) {
  auto ref = find_query_param(query, kRefParam);
  if (!ref || is_share_code(*ref)) return ref;
  const Errc code = ref->size() > kMaxShareCodeLength ? Errc::kTooLong : Errc::kInvalidField;
  return {code, kRefParam};
}

}  // namespace refedge
