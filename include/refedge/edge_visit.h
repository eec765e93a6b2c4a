// A visit of a share link, answered in one call: everything that an edge decides between its lookup and its answer.
// Spec: docs/protocol.md#redirects.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "refedge/consent.h"
#include "refedge/cookie.h"
#include "refedge/destination.h"
#include "refedge/visit.h"

namespace refedge {

// How an operator wants visits answered; the same for all of them.
struct EdgeRule {
  std::string_view cookie_name = kEdgeCookieName;
  ConsentRule consent;
  DestinationRule destination;
  std::int64_t repeat_window_seconds = 0;  // 0: every click is one of its own
};

// What the edge's table says of a code.
struct EdgeLink {
  std::string_view code;
  std::string_view location;
  std::int64_t expires_at = 0;  // Unix seconds, 0 for never
  bool is_active = true;        // neither withdrawn nor blocked
  std::string_view fallback;    // where to when the link does not serve; may be empty
  std::span<const CookieKey> keys;  // of the link's market, the signing key first; empty: no cookie
};

struct LinkVisit {
  Visit visit;
  ConsentSignals signals;   // its Cookie header is also where the visitor's referral cookie is
  std::string_view query;   // with or without its '?'
  std::int64_t now_ms = 0;  // Unix milliseconds, 0 to 2^48 - 1
  std::array<std::uint8_t, 10> random{};
};

struct LinkAnswer {
  bool is_served = false;  // false: there is only a location, the link's fallback, or not even that
  bool is_repeat = false;  // the click is the one that the cookie remembers, and has its id
  VisitVerdict verdict = VisitVerdict::kHuman;
  Consent consent = Consent::kImplied;
  std::string click_id;
  std::string cookie;    // value of the cookie to set; empty: none
  std::string location;  // where to; empty: the link's location as it stands, or nowhere
};

// is_served tells whether a link sends visitors on: active, not expired, its code and location as documented.
[[nodiscard]] bool is_served(const EdgeLink& link, std::int64_t now) noexcept;

// find_link_cookie looks through the cookies called `name` of a Cookie header for the first that is of the link and whose
// tag holds. Somebody who controls a sibling domain can put others there: kMaxCookieCandidates of them are looked at.
// Errors (field "cookie"): kNotFound.
[[nodiscard]] Result<ReferralCookie> find_link_cookie(std::string_view header, std::string_view name, const EdgeLink& link);

// answer_link_visit decides all of a visit. A cookie is made for a human who may be remembered, and who does not repeat a
// click, when the market has a key. Pure.
// Errors: those of sign_cookie for the first key.
[[nodiscard]] Result<LinkAnswer> answer_link_visit(const LinkVisit& visit, const EdgeLink& link, const EdgeRule& rule);

}  // namespace refedge
