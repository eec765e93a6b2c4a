#include "origin/http/routes.h"

#include <array>
#include <optional>

#include "origin/api/endpoints.h"

namespace refedge::origin {
namespace {

constexpr std::array<Route, 14> kRoutes = {{
    {"POST", "/api/signups", create_signup},
    {"POST", "/api/referrals/confirmations", create_confirmation},
    {"GET", "/api/reports/who_referred_whom/*", show_who_referred_whom},
    {"POST", "/track", create_conversion},
    {"OPTIONS", "/track", preflight_conversion},
    {"POST", "/handoff", create_handoff},
    {"POST", "/forget", forget_visitor},
    {"GET", "/iaf/*/embed", show_embed},
    {"GET", "/iaf/*/og", show_open_graph},
    {"GET", "/iaf/*/qr", show_qr_code},
    {"POST", "/iaf/*/signups", create_widget_signup},
    {"GET", "/edge/links", list_link_changes},
    {"POST", "/edge/clicks", create_clicks, kMaxClicksBodyBytes},
    {"POST", "/edge/conversions", create_edge_conversions, kMaxConversionsBodyBytes},
}};

// What `path` has at the pattern's star; an empty text for a pattern without one; nullopt: no match.
std::optional<std::string_view> match_path(std::string_view pattern, std::string_view path) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) {
    return pattern == path ? std::optional<std::string_view>(std::string_view{}) : std::nullopt;
  }
  const std::string_view before = pattern.substr(0, star);
  const std::string_view after = pattern.substr(star + 1);
  if (path.size() <= before.size() + after.size()) return std::nullopt;
  if (!path.starts_with(before) || !path.ends_with(after)) return std::nullopt;
  const std::string_view value = path.substr(star, path.size() - before.size() - after.size());
  if (value.find('/') != std::string_view::npos) return std::nullopt;
  return value;
}

}  // namespace

RouteMatch find_route(std::string_view method, std::string_view path) {
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  RouteMatch match;
  for (const Route& route : kRoutes) {
    const auto value = match_path(route.pattern, path);
    if (!value) continue;
    if (route.method == wanted) return {&route, *value, {}};
    if (!match.allowed.empty()) match.allowed += ", ";
    match.allowed += route.method;
  }
  return match;
}

}  // namespace refedge::origin
