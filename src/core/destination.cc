#include "refedge/destination.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/take_until.h"
#include "core/web_url.h"
#include "refedge/limits.h"
#include "refedge/percent.h"

namespace refedge {
namespace {

constexpr std::string_view kProtected[] = {"ref", "bp_e", "bp_p"};

// Appends `text` decoded as a form's; false when it has a bad '%' or holds a control character.
bool append_decoded(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i] == '+' ? ' ' : text[i];
    if (c == '%') {
      if (text.size() - i < 3) return false;
      const int value = hex_digit_value(text[i + 1]) * 16 | hex_digit_value(text[i + 2]);
      if (value < 0) return false;
      c = static_cast<char>(value);
      i += 2;
    }
    if (is_control(c)) return false;
    out += c;
  }
  return true;
}

// The decoded name of a parameter, empty when it cannot be read.
std::string name_of(std::string_view param) {
  std::string name;
  if (!append_decoded(name, take_until(param, '='))) name.clear();
  return name;
}

// PHP reads `bp.e`, `bp e` and `bp[e` as bp_e; ASP.NET ignores case.
char fold(char c) noexcept { return c == '.' || c == ' ' || c == '[' ? '_' : to_lower(c); }

// Whether some web framework reads the parameter `name` as `other`, or as a list of that name (`other[]`).
bool is_read_as(std::string_view name, std::string_view other) noexcept {
  name = trim(name, is_blank);
  other = trim(other, is_blank);
  if (name.size() < other.size()) return false;
  for (std::size_t i = 0; i < other.size(); ++i) {
    if (fold(name[i]) != fold(other[i])) return false;
  }
  return name.size() == other.size() || name[other.size()] == '[';
}

bool may_pass(std::string_view name, Passthrough passthrough) noexcept {
  if (trim(name, is_blank).empty() || name.size() > kMaxKeyLength) return false;
  for (const std::string_view other : kProtected) {
    if (is_read_as(name, other)) return false;
  }
  return passthrough == Passthrough::kAll || name.starts_with("utm_");
}

// `param`, whose name is `name`, encoded again, so that nothing in it ends the URL or the header; empty when
// its value cannot be read.
std::string encode_again(std::string_view param, std::string_view name) {
  const std::size_t equals = param.find('=');
  std::string encoded = percent_encode(name);
  if (equals == std::string_view::npos) return encoded;
  std::string value;
  if (!append_decoded(value, param.substr(equals + 1))) return {};
  encoded += '=';
  return encoded += percent_encode(value);
}

bool has_param(std::string_view params, std::string_view name) {
  while (!params.empty()) {
    const std::string other = name_of(take_until(params, '&'));
    if (is_read_as(other, name) || is_read_as(name, other)) return true;
  }
  return false;
}

// Appends the link's parameters but for those that stand among `added` too.
void append_others(std::string& url, std::string_view params, std::string_view added) {
  while (!params.empty()) {
    const char* begin = params.data();
    const std::string name = name_of(take_until(params, '&'));
    if (!has_param(added, name)) url.append(begin, static_cast<std::size_t>(params.data() - begin));
  }
}

void append_param(std::string& url, std::string_view params) {
  if (!url.empty() && url.back() != '?' && url.back() != '&') url += '&';
  url += params;
}

}  // namespace

bool is_location(std::string_view text) noexcept {
  return text.size() <= kMaxUrlLength && (is_web_url(text, "https://") || is_web_url(text, "http://"));
}

std::string_view build_destination(std::string_view location, std::string_view query, DestinationRule rule,
                                   std::string& buffer) {
  if (query.starts_with('?')) query.remove_prefix(1);
  query = query.substr(0, query.find('#'));
  if (query.empty() || rule.passthrough == Passthrough::kNone || query.size() > kMaxUrlLength)
    return location;

  const bool link_wins = rule.precedence == Precedence::kLink;
  const std::size_t fragment = location.find('#');
  std::string_view params = location.substr(0, fragment);
  const std::string_view page = take_until(params, '?');
  std::string added;
  for (std::size_t left = kMaxVisitorParams; left > 0 && !query.empty();) {
    const std::string_view param = take_until(query, '&');
    if (param.empty()) continue;
    --left;
    const std::string name = name_of(param);
    if (!may_pass(name, rule.passthrough) || (link_wins && has_param(params, name))) continue;
    const std::string encoded = encode_again(param, name);
    if (encoded.empty() ||
        location.size() + added.size() + encoded.size() + 1 + !added.empty() > kMaxUrlLength)
      continue;
    append_param(added, encoded);
  }
  if (added.empty()) return location;

  buffer = page;
  buffer += '?';
  append_others(buffer, params, link_wins ? std::string_view() : added);
  append_param(buffer, added);
  if (fragment != std::string_view::npos) buffer += location.substr(fragment);
  return buffer;
}

}  // namespace refedge
