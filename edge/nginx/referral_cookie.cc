#include "edge/nginx/referral_cookie.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "edge/nginx/answers.h"
#include "edge/nginx/request_headers.h"
#include "refedge/cookie.h"
#include "refedge/cookie_signer.h"
#include "refedge/handoff.h"

namespace refedge::edge {
namespace {

// A cookie of the same name can stand several times in a request: host-only, for a parent domain, or put
// there by somebody who controls a sibling domain. Each is looked at, up to a limit that bounds the work.
constexpr int kMaxCandidates = 8;

std::span<const CookieKey> ring_of(ngx_http_request_t* r, const MarketId& market) {
  const CookieKeys* keys = main_config(r).keys;
  return keys == nullptr ? std::span<const CookieKey>() : keys->ring(market);
}

void log_missing_keys(ngx_http_request_t* r, Worker& worker, const MarketId& market) {
  if (!worker.missing_keys_gate.opens(ngx_time())) return;
  const MarketIdText text = format_market_id(market);
  const ngx_str_t name = to_ngx({text.data(), text.size()});
  ngx_log_error(NGX_LOG_ERR, r->connection->log, 0, "refedge: no cookie key for market %V: nothing is signed",
                &name);
}

std::string_view cookie_domain(ngx_http_request_t* r, Worker& worker, const CookieForm& form) {
  const std::string_view host = to_view(r->headers_in.server);
  switch (form.domain_rule()) {
    case DomainRule::kAuto:
      return worker.registrable_domain_of(host);
    case DomainRule::kFixed:
      return form.fixed_domain(host);
    case DomainRule::kOff:
      break;
  }
  return {};
}

// Calls `use` with the values of the request's referral cookies until it gives true.
template <class Use>
void find_candidate(ngx_http_request_t* r, Use use) {
  const std::string& name = location_config(r).cookie->name();
  int left = kMaxCandidates;
  for_each_cookie_header(r, [&](std::string_view header) {
    while (left-- > 0) {
      const auto value = find_cookie(header, name);
      if (!value) return false;
      if (use(*value)) return true;
      const auto end = static_cast<std::size_t>(value->data() + value->size() - header.data());
      header.remove_prefix(std::min(header.size(), header.find(';', end)));
      if (!header.empty()) header.remove_prefix(1);
    }
    return true;
  });
}

bool tag_holds(ngx_http_request_t* r, Worker& worker, std::string_view value) {
  const auto cookie = parse_cookie(value);
  if (!cookie) return false;
  const LinkLookup link = look_up_link(r, worker, cookie->code);
  if (link.outcome != LookupOutcome::kFound) return false;
  return verify_cookie(value, ring_of(r, link.record.market_id)).has_value();
}

}  // namespace

std::string_view make_set_cookie(ngx_http_request_t* r, Worker& worker, const CookieFacts& facts) {
  const CookieKeys* keys = main_config(r).keys;
  const CookieSigner* signer = keys == nullptr ? nullptr : keys->signer(facts.market);
  if (signer == nullptr) {
    log_missing_keys(r, worker, facts.market);
    return {};
  }
  std::array<char, kMaxSignedCookieLength> value;
  const std::size_t length = signer->sign(facts.code, facts.click_id, facts.captured_at, value);
  const CookieForm& form = *location_config(r).cookie;
  const std::string_view domain = cookie_domain(r, worker, form);
  const std::span<char> header = allocate_in_pool(r->pool, form.length_of(length, domain.size()));
  form.write({value.data(), length}, domain, header.data());
  return {header.data(), header.size()};
}

std::string_view make_unsigned_set_cookie(ngx_http_request_t* r, Worker& worker, std::string_view code,
                                          std::int64_t now) {
  const auto value = build_cookie({std::string(code), {}, now});
  const CookieForm& form = *location_config(r).cookie;
  if (!value) return {};
  return copy_to_pool(r->pool, form.write_unsigned(*value, cookie_domain(r, worker, form)));
}

void remove_cookies(ngx_http_request_t* r, Worker& worker) {
  const CookieForm& form = *location_config(r).cookie;
  const std::string_view domain = cookie_domain(r, worker, form);
  add_response_header(r, "Set-Cookie", copy_to_pool(r->pool, form.write_removal({})));
  if (!domain.empty()) add_response_header(r, "Set-Cookie", copy_to_pool(r->pool, form.write_removal(domain)));
}

std::string_view find_verified_cookie(ngx_http_request_t* r, Worker& worker) {
  std::string_view verified;
  find_candidate(r, [&](std::string_view value) {
    const bool holds = tag_holds(r, worker, value);
    if (holds) verified = value;
    return holds;
  });
  return verified;
}

std::optional<ReferralCookie> find_cookie_of_link(ngx_http_request_t* r, std::string_view code,
                                                  const MarketId& market) {
  std::optional<ReferralCookie> found;
  find_candidate(r, [&](std::string_view value) {
    const auto said = parse_cookie(value);
    if (!said || said->code != code || !verify_cookie(value, ring_of(r, market))) return false;
    found = *said;
    return true;
  });
  return found;
}

std::optional<ReferralCookie> take_handoff(ngx_http_request_t* r, std::string_view token,
                                           const MarketId& market) {
  auto cookie = verify_handoff(token, ring_of(r, market), ngx_time());
  return cookie ? std::optional(*std::move(cookie)) : std::nullopt;
}

}  // namespace refedge::edge
