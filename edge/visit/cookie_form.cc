#include "edge/visit/cookie_form.h"

#include <algorithm>
#include <array>
#include <utility>

#include "edge/visit/registrable_domain.h"

namespace refedge::edge {
namespace {

struct SameSiteName {
  std::string_view word;
  std::string_view attribute;
};
constexpr std::array<SameSiteName, 3> kSameSite = {{{"lax", "Lax"}, {"strict", "Strict"}, {"none", "None"}}};

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool ends_with_ignoring_case(std::string_view text, std::string_view end) noexcept {
  if (text.size() < end.size()) return false;
  return std::equal(end.begin(), end.end(), text.end() - static_cast<std::ptrdiff_t>(end.size()),
                    [](char a, char b) { return lower(a) == lower(b); });
}

// What is wrong with the settings, empty for nothing. The core knows what a cookie's name and domain may
// hold.
std::string_view reason_against(const CookieSettings& settings) {
  if (settings.name == kBrowserCookieName) return "the name is the script's cookie";
  if (settings.max_age_seconds < 1 || settings.max_age_seconds > kMaxCookieAgeSeconds)
    return "max_age must be between 1s and 400d";
  if (settings.same_site == SameSite::kNone && !settings.is_secure) return "samesite=none needs secure";
  if (settings.domain_rule == DomainRule::kFixed && registrable_domain(settings.domain).empty())
    return "the domain is no host name, or a public suffix";
  const auto written = build_set_cookie({.name = settings.name, .value = {}, .domain = settings.domain});
  if (!written)
    return written.error().field == "name" ? "the name is no cookie name" : "the domain is no host name";
  return {};
}

}  // namespace

std::optional<SameSite> parse_same_site(std::string_view word) noexcept {
  for (std::size_t i = 0; i < kSameSite.size(); ++i)
    if (kSameSite[i].word == word) return static_cast<SameSite>(i);
  return std::nullopt;
}

std::optional<CookieForm> CookieForm::make(const CookieSettings& settings, std::string& why) {
  why = reason_against(settings);
  if (!why.empty()) return std::nullopt;
  CookieForm form;
  form.name_ = settings.name;
  form.domain_ = settings.domain;
  form.domain_rule_ = settings.domain_rule;
  form.before_domain_ = "; Max-Age=" + std::to_string(settings.max_age_seconds) + "; Path=/";
  const std::string secure = settings.is_secure ? "; Secure" : "";
  const std::string same_site =
      "; SameSite=" + std::string(kSameSite[static_cast<std::size_t>(settings.same_site)].attribute);
  form.after_domain_ = secure + (settings.is_http_only ? "; HttpOnly" : "") + same_site;
  form.after_unsigned_ = secure + same_site;
  return form;
}

std::string_view CookieForm::fixed_domain(std::string_view host) const noexcept {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (!ends_with_ignoring_case(host, domain_)) return {};
  const bool is_below = host.size() > domain_.size() && host[host.size() - domain_.size() - 1] == '.';
  return host.size() == domain_.size() || is_below ? std::string_view(domain_) : std::string_view();
}

namespace {

constexpr std::string_view kDomain = "; Domain=";

char* put(char* to, std::string_view text) noexcept { return std::copy(text.begin(), text.end(), to); }

}  // namespace

std::size_t CookieForm::length_of(std::size_t value, std::size_t domain) const noexcept {
  const std::size_t of_domain = domain == 0 ? 0 : kDomain.size() + domain;
  return name_.size() + 1 + value + before_domain_.size() + of_domain + after_domain_.size();
}

void CookieForm::write(std::string_view value, std::string_view domain, char* out) const noexcept {
  out = put(put(put(put(out, name_), "="), value), before_domain_);
  if (!domain.empty()) out = put(put(out, kDomain), domain);
  put(out, after_domain_);
}

std::string CookieForm::write_unsigned(std::string_view value, std::string_view domain) const {
  std::string out(kBrowserCookieName);
  out.append(1, '=').append(value).append(before_domain_);
  if (!domain.empty()) out.append(kDomain).append(domain);
  return out.append(after_unsigned_);
}

std::string CookieForm::write_removal(std::string_view domain) const {
  std::string out = name_ + "=; Max-Age=0; Path=/";
  if (!domain.empty()) out.append(kDomain).append(domain);
  return out.append(after_domain_);
}

}  // namespace refedge::edge
