#include "refedge/consent.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/take_until.h"
#include "core/words.h"
#include "refedge/cookie.h"
#include "refedge/limits.h"

namespace refedge {
namespace {

// Whether `value` is what `pattern` means; a '*' at either end stands for any text.
bool matches(std::string_view pattern, std::string_view value) noexcept {
  const bool opens = pattern.starts_with('*');
  if (opens) pattern.remove_prefix(1);
  const bool closes = pattern.ends_with('*');
  if (closes) pattern.remove_suffix(1);
  if (opens && closes) return value.find(pattern) != std::string_view::npos;
  if (opens) return value.ends_with(pattern);
  return closes ? value.starts_with(pattern) : value == pattern;
}

bool means_yes(std::string_view values, std::string_view value) noexcept {
  while (!values.empty()) {
    const std::string_view pattern = trim(take_until(values, ','), is_blank);
    if (!pattern.empty() && matches(pattern, value)) return true;
  }
  return false;
}

bool has_empty_value(std::string_view values) noexcept {
  while (true) {
    const std::size_t comma = values.find(',');
    if (trim(values.substr(0, comma), is_blank).empty()) return true;
    if (comma == std::string_view::npos) return false;
    values.remove_prefix(comma + 1);
  }
}

// What the consent tool says of the visitor; empty when nothing.
std::string_view signal_of(const ConsentRule& rule, const ConsentSignals& signals) noexcept {
  if (rule.source == ConsentSource::kHeader) return signals.header;
  if (signals.cookie.size() > kMaxCookieHeaderLength) return {};
  const auto value = find_cookie(signals.cookie, rule.name);
  return value ? *value : std::string_view();
}

bool says_no(std::string_view header) noexcept { return trim(header, is_blank) == "1"; }

// What is wrong with a rule, and with which field of it.
struct Wrong {
  Errc code = Errc::kOk;
  const char* field = "";
};

Wrong find_wrong(const ConsentRule& rule) noexcept {
  if (rule.source == ConsentSource::kImplied) return {};
  if (rule.source != ConsentSource::kCookie && rule.source != ConsentSource::kHeader) {
    return {Errc::kInvalidField, "source"};
  }
  if (rule.name.empty()) return {Errc::kMissingField, "name"};
  if (rule.name.size() > kMaxKeyLength) return {Errc::kTooLong, "name"};
  if (!all_of(rule.name, is_token_character)) return {Errc::kInvalidField, "name"};
  if (rule.values.size() > kMaxValueLength) return {Errc::kTooLong, "values"};
  return has_empty_value(rule.values) ? Wrong{Errc::kMissingField, "values"} : Wrong{};
}

}  // namespace

Error check_consent_rule(const ConsentRule& rule) {
  const Wrong wrong = find_wrong(rule);
  return {wrong.code, wrong.field};
}

Consent judge_consent(const ConsentRule& rule, const ConsentSignals& signals) noexcept {
  if (rule.honour_gpc && says_no(signals.sec_gpc)) return Consent::kGlobalPrivacyControl;
  if (rule.honour_dnt && says_no(signals.dnt)) return Consent::kDoNotTrack;
  if (rule.source == ConsentSource::kImplied) return Consent::kImplied;
  const std::string_view signal = signal_of(rule, signals);
  if (signal.empty()) return Consent::kNotAsked;
  return means_yes(rule.values, signal) ? Consent::kGiven : Consent::kRefused;
}

bool may_store(Consent consent) noexcept {
  return consent == Consent::kImplied || consent == Consent::kGiven;
}

std::string_view consent_name(Consent consent) noexcept {
  const std::string_view name = word_at("implied given not_asked refused global_privacy_control do_not_track",
                                        static_cast<std::size_t>(consent));
  return name.empty() ? "unknown" : name;
}

}  // namespace refedge
