#include "refedge/destination.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/take_until.h"
#include "core/web_url.h"
#include "refedge/limits.h"
#include "refedge/percent.h"

namespace refedge {
namespace {

constexpr std::string_view kUtmPrefix = "utm_";
constexpr std::string_view kProtected[] = {"ref", "bp_e", "bp_p"};

// PHP reads `bp.e`, `bp e` and `bp[e` as bp_e; ASP.NET ignores case.
char fold(char c) noexcept { return c == '.' || c == ' ' || c == '[' ? '_' : to_lower(c); }

// Whether some web framework reads the parameter `name` as `other`, or as a list of that name (`other[]`).
bool is_read_as(std::string_view name, std::string_view other) noexcept {
  if (name.size() < other.size()) return false;
  for (std::size_t i = 0; i < other.size(); ++i) {
    if (fold(name[i]) != fold(other[i])) return false;
  }
  return name.size() == other.size() || name[other.size()] == '[';
}

// The decoded name of a parameter as it is compared, without blanks around it; empty when it does not decode.
std::string name_of(std::string_view parameter) {
  const auto name = percent_decode(take_until(parameter, '='), PlusMeans::kSpace);
  return name ? std::string(trim(std::string_view(*name), is_blank)) : std::string();
}

bool is_same_name(std::string_view name, std::string_view other) noexcept {
  return is_read_as(name, other) || is_read_as(other, name);
}

// Appends part of a parameter as a URL component; false when it does not decode or holds a control character.
bool append_encoded(std::string& out, std::string_view part) {
  const auto decoded = percent_decode(part, PlusMeans::kSpace);
  if (!decoded) return false;
  for (const char c : *decoded) {
    if (is_control(c)) return false;
  }
  out += percent_encode(*decoded);
  return true;
}

// `parameter` decoded and encoded again; empty when it cannot be.
std::string encode_again(std::string_view parameter) {
  std::string out;
  const std::string_view name = take_until(parameter, '=');
  const bool has_value = parameter.data() != name.data() + name.size();
  if (!append_encoded(out, name)) return {};
  if (!has_value) return out;
  out += '=';
  return append_encoded(out, parameter) ? out : std::string();
}

bool may_pass(std::string_view name, Passthrough passthrough) noexcept {
  if (name.empty() || name.size() > kMaxKeyLength) return false;
  if (passthrough == Passthrough::kUtm && !name.starts_with(kUtmPrefix)) return false;
  for (const std::string_view other : kProtected) {
    if (is_read_as(name, other)) return false;
  }
  return true;
}

// A destination in the making: the link's location up to its fragment, then the visitor's parameters.
struct Draft {
  std::string& url;
  std::size_t link_begin = 0;  // the link's parameters
  std::size_t link_end = 0;

  std::string_view link_param(std::size_t at) const noexcept {
    std::string_view rest = std::string_view(url).substr(at, link_end - at);
    return take_until(rest, '&');
  }

  // Looks through the link's parameters for `name` and takes those out, if told to; whether there were any.
  bool find(std::string_view name, bool takes_out) {
    bool found = false;
    for (std::size_t at = link_begin; at < link_end;) {
      const std::string_view parameter = link_param(at);
      const std::size_t next = at + parameter.size() + (at + parameter.size() < link_end ? 1 : 0);
      const bool is_same = is_same_name(name_of(parameter), name);
      found = found || is_same;
      if (is_same && takes_out) {
        url.erase(at, next - at);
        link_end -= next - at;
      } else {
        at = next;
      }
    }
    return found;
  }

  void append(std::string_view parameter) {
    if (link_begin > url.size()) url += '?';
    if (url.size() > link_begin && url.back() != '&') url += '&';
    url += parameter;
  }
};

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

  const std::string_view base = location.substr(0, location.find('#'));
  buffer = base;
  const std::size_t mark = base.find('?');
  Draft draft = {buffer, mark == std::string_view::npos ? base.size() + 1 : mark + 1, base.size()};
  std::size_t left = kMaxVisitorParams;
  std::size_t room = kMaxUrlLength - location.size();
  while (!query.empty() && left > 0) {
    const std::string_view parameter = take_until(query, '&');
    if (parameter.empty()) continue;
    --left;
    const std::string name = name_of(parameter);
    if (!may_pass(name, rule.passthrough)) continue;
    const std::string encoded = encode_again(parameter);
    if (encoded.empty() || encoded.size() + 1 > room) continue;
    if (draft.find(name, rule.precedence == Precedence::kVisitor) && rule.precedence == Precedence::kLink)
      continue;
    draft.append(encoded);
    room -= encoded.size() + 1;
  }
  if (room == kMaxUrlLength - location.size()) return location;
  buffer += location.substr(base.size());
  return buffer;
}

}  // namespace refedge
