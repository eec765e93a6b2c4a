#include "refedge/edge_visit.h"

#include <algorithm>
#include <cstddef>

#include "refedge/capture.h"
#include "refedge/click_id.h"
#include "refedge/limits.h"
#include "refedge/share_code.h"

namespace refedge {
namespace {

constexpr std::int64_t kMillisecond = 1000;

// What stands after `value`, a view into `header`, and the ';' that ends it.
std::string_view after_cookie(std::string_view header, std::string_view value) noexcept {
  const auto end = static_cast<std::size_t>(value.data() + value.size() - header.data());
  const std::size_t semicolon = header.find(';', end);
  return semicolon == std::string_view::npos ? std::string_view() : header.substr(semicolon + 1);
}

bool repeats(const LinkVisit& visit, const EdgeLink& link, const EdgeRule& rule, std::string& click_id) {
  if (rule.repeat_window_seconds == 0) return false;
  auto previous = find_link_cookie(visit.signals.cookie, rule.cookie_name, link);
  if (!previous || !is_repeat_click(*previous, link.code, visit.now_ms / kMillisecond, rule.repeat_window_seconds)) {
    return false;
  }
  click_id = std::move(previous->click_id);
  return true;
}

}  // namespace

bool is_served(const EdgeLink& link, std::int64_t now) noexcept {
  return link.is_active && (link.expires_at == 0 || now < link.expires_at) && is_share_code(link.code) &&
         is_location(link.location);
}

Result<ReferralCookie> find_link_cookie(std::string_view header, std::string_view name, const EdgeLink& link) {
  for (std::size_t left = kMaxCookieCandidates; left > 0; --left) {
    const auto value = find_cookie(header, name);
    if (!value) break;
    const auto said = parse_cookie(*value);
    if (said && said->code == link.code && verify_cookie(*value, link.keys)) return *said;
    header = after_cookie(header, *value);
  }
  return {Errc::kNotFound, "cookie"};
}

Result<LinkAnswer> answer_link_visit(const LinkVisit& visit, const EdgeLink& link, const EdgeRule& rule) {
  LinkAnswer answer;
  const std::int64_t now = visit.now_ms / kMillisecond;
  if (!is_served(link, now)) {
    if (is_location(link.fallback)) answer.location = link.fallback;
    return answer;
  }
  answer.is_served = true;
  answer.verdict = visit_verdict(visit.visit);
  answer.consent = judge_consent(rule.consent, visit.signals);
  const std::string_view location = build_destination(link.location, visit.query, rule.destination, answer.location);
  if (location.data() == link.location.data()) answer.location.clear();

  const bool is_kept = answer.verdict == VisitVerdict::kHuman && may_store(answer.consent);
  answer.is_repeat = is_kept && repeats(visit, link, rule, answer.click_id);
  if (answer.is_repeat) return answer;
  answer.click_id = make_click_id(static_cast<std::uint64_t>(visit.now_ms), visit.random);
  if (!is_kept || link.keys.empty()) return answer;
  auto cookie = sign_cookie({std::string(link.code), answer.click_id, now}, link.keys.front());
  if (!cookie) return cookie.error();
  answer.cookie = *std::move(cookie);
  return answer;
}

}  // namespace refedge
