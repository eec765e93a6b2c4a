// The referral cookie in nginx: set on the redirect, verified on the way to the origin, removed on request.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "edge/nginx/config.h"
#include "edge/nginx/link_lookup.h"
#include "edge/nginx/ngx.h"
#include "refedge/cookie.h"

namespace refedge::edge {

// What a cookie is made of.
struct CookieFacts {
  std::string_view code;
  std::string_view click_id;  // empty where no click was recorded
  MarketId market{};
  std::int64_t captured_at = 0;  // Unix seconds
};

// make_set_cookie gives the value of a Set-Cookie header, in the request's pool. Empty, and logged, when the market
// has no key. Throws std::bad_alloc.
[[nodiscard]] std::string_view make_set_cookie(ngx_http_request_t* r, Worker& worker, const CookieFacts& facts);

// make_unsigned_set_cookie gives the same for the script's cookie, which anybody can write and which ranks below: what is
// left where nothing can be signed. Throws std::bad_alloc.
[[nodiscard]] std::string_view make_unsigned_set_cookie(ngx_http_request_t* r, Worker& worker, std::string_view code,
                                                        std::int64_t now);

// remove_cookies adds the Set-Cookie headers that take the location's cookie away, from the host and from its domain.
// Throws std::bad_alloc.
void remove_cookies(ngx_http_request_t* r, Worker& worker);

// find_verified_cookie gives the value of the request's first referral cookie (by the location's name) whose tag holds
// under a key of its link's market; empty when there is none. A view into the request. Throws std::bad_alloc.
[[nodiscard]] std::string_view find_verified_cookie(ngx_http_request_t* r, Worker& worker);

// find_cookie_of_link gives the request's first referral cookie for `code` whose tag holds under a key of `market`.
// Throws std::bad_alloc.
[[nodiscard]] std::optional<ReferralCookie> find_cookie_of_link(ngx_http_request_t* r, std::string_view code,
                                                                const MarketId& market);

// take_handoff gives what a token says that was signed under a key of `market`, if it is fresh. Throws std::bad_alloc.
[[nodiscard]] std::optional<ReferralCookie> take_handoff(ngx_http_request_t* r, std::string_view token,
                                                         const MarketId& market);

}  // namespace refedge::edge
