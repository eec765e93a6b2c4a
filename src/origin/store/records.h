// What the store keeps: plain values, one struct for each table. Times are Unix seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "origin/store/secret_text.h"
#include "refedge/attribution.h"
#include "refedge/visit.h"

namespace refedge::origin {

struct Market {
  std::string market_id;  // UUID version 4
  std::string slug;       // unique
  std::string scheme;     // "https", or "http" for a market on this machine
  std::string domain;     // host[:port] of the cookie subdomain, unique
  std::string currency;   // ISO 4217, upper case
  std::string locale;
  SecretText auth_token;
  SecretText secret_key;
  bool requires_signed_track = false;
  std::string webhook_url;  // empty: none
};

struct CookieKeyRecord {
  std::string market_id;
  char id = 'a';
  SecretText key;  // bytes
};

// What an edge shows of a campaign's links in place of a redirect; empty: nothing.
struct LinkPages {
  std::string fallback_url;         // to a friend whose link does not serve
  std::string preview_title;        // to unfurlers
  std::string preview_description;
  std::string preview_image_url;    // https alone
};

// What the sign-up form asks for besides name and e-mail.
struct CustomField {
  std::string label;  // empty: the form has no such field
  bool is_required = false;
};

struct Campaign {
  std::string market_id;
  std::string slug;  // unique in its market
  std::string name;
  std::string destination;  // where share links lead
  std::string page_url;     // the page that embeds the campaign; may be empty
  ClickRule click_rule = ClickRule::kLastClick;
  std::int64_t window_seconds = 30LL * 86400;
  bool has_reconciliation = true;  // false: a referral is confirmed at once
  LinkPages pages{};
  CustomField custom_field{};
};

struct Referrer {
  std::string market_id;
  std::string referrer_id;  // UUID version 4
  std::string campaign;
  std::string email;      // as given, trimmed
  std::string email_key;  // normalise_email(email), unique in its campaign
  std::string first_name;
  std::string last_name;
  std::string custom_field;
  std::string client_data;  // a compact JSON object, or empty
  bool marketing_opt_in = false;
  std::string locale;
  std::int64_t created_at = 0;
};

struct Link {
  std::string market_id;
  std::string code;  // unique over all markets
  std::string campaign;
  std::string referrer_id;
  std::string location;
  std::int64_t expires_at = 0;  // 0: never
  bool is_active = true;
  bool is_blocked = false;  // blacklisted, whatever is_active says
  bool is_unproven = false;  // made for a known address by somebody who proved nothing: see domain/signups.h
};

struct Click {
  std::string market_id;
  std::string click_id;  // unique
  std::string code;
  std::int64_t at_ms = 0;  // Unix milliseconds, by the edge's clock
  VisitVerdict verdict = VisitVerdict::kHuman;
};

struct Conversion {
  std::string market_id;
  std::string order_number;  // unique in its market
  std::string campaign;      // empty: no campaign is known
  std::string email;
  std::string first_name;
  std::string last_name;
  bool marketing_opt_in = false;
  std::optional<std::int64_t> value_minor;  // cents
  std::string currency;
  std::string reward_category;
  std::string voucher_code;
  std::string locale;
  std::int64_t created_at = 0;
  std::string answer;  // the JSON that was answered, for a repeat
};

// Stored numbers, append-only.
enum class ReferralStatus : std::uint8_t { kPending = 1, kConfirmed = 2, kFailed = 3 };

struct Referral {
  std::string market_id;
  std::string order_number;
  std::string campaign;
  std::string referrer_id;
  ReferralStatus status = ReferralStatus::kPending;
  std::int64_t created_at = 0;
};

struct DecisionRecord {
  std::string market_id;
  std::string order_number;
  std::uint32_t rule_version = 0;
  std::string decision;  // JSON: rule, evidence, verdicts, winner
  std::int64_t decided_at = 0;
};

struct Delivery {
  std::string market_id;
  std::string delivery_id;  // UUID version 4, the same for every attempt
  std::string url;
  std::string body;
  std::int64_t created_at = 0;
  std::int64_t attempts = 0;  // made so far
};

}  // namespace refedge::origin
