// Whether a referral may be kept in the visitor's browser. Spec: docs/protocol.md#consent.
#pragma once

#include <cstdint>
#include <string_view>

#include "refedge/errc.h"

namespace refedge {

// Where the merchant's consent tool says yes.
enum class ConsentSource : std::uint8_t {
  kImplied = 1,  // nowhere: consent is taken for given
  kCookie = 2,   // in a cookie called `name`
  kHeader = 3,   // in a request header called `name`
};

struct ConsentRule {
  ConsentSource source = ConsentSource::kImplied;
  std::string_view name = {};
  // What means yes: values separated by ',', each with or without a '*' at its beginning and end that stands
  // for any text ("yes", "*marketing:true*"). Case-sensitive; the cookie's value is compared as it stands,
  // not decoded.
  std::string_view values = {};
  bool honour_gpc = true;   // Sec-GPC: 1 is no
  bool honour_dnt = false;  // DNT: 1 is no
};

// What a request says; absent headers are empty.
struct ConsentSignals {
  std::string_view cookie = {};   // the Cookie header
  std::string_view header = {};   // the value of the header that the rule names
  std::string_view sec_gpc = {};  // Sec-GPC
  std::string_view dnt = {};      // DNT
};

// Stored numbers, append-only.
enum class Consent : std::uint8_t {
  kImplied = 1,               // allowed: no consent tool
  kGiven = 2,                 // allowed: its value means yes
  kNotAsked = 3,              // denied: no such cookie or header yet
  kRefused = 4,               // denied: its value means anything else
  kGlobalPrivacyControl = 5,  // denied: Sec-GPC
  kDoNotTrack = 6,            // denied: DNT
};

// check_consent_rule tells what is wrong with a rule, once, where it is configured. kOk, or (field named):
// kInvalidField for a source outside the list or a name that is no token (RFC 7230 section 3.2.6);
// kMissingField for name or values empty, or an empty value among them, unless the source is kImplied;
// kTooLong for a name over kMaxKeyLength or values over kMaxValueLength.
[[nodiscard]] Error check_consent_rule(const ConsentRule& rule);

// judge_consent judges a request: Sec-GPC and DNT first, when they are honoured; then the rule. Of several
// cookies of one name the first counts; a Cookie header over kMaxCookieHeaderLength counts as absent. Pure.
// Precondition: check_consent_rule(rule) is kOk; a rule that is not allows nothing.
[[nodiscard]] Consent judge_consent(const ConsentRule& rule, const ConsentSignals& signals) noexcept;

// may_store tells whether a decision allows to keep the referral: a cookie, and the click id that links to
// it.
[[nodiscard]] bool may_store(Consent consent) noexcept;

// consent_name gives the name used in JSON and logs: "implied", "given", "not_asked", "refused",
// "global_privacy_control", "do_not_track".
[[nodiscard]] std::string_view consent_name(Consent consent) noexcept;

}  // namespace refedge
