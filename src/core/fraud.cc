#include "refedge/fraud.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/json_members.h"
#include "core/mailbox.h"
#include "refedge/track.h"

namespace refedge {
namespace {

constexpr std::string_view kMappedPrefix = "::ffff:";  // RFC 4291 section 2.5.5.2

bool is_same(std::string_view a, std::string_view b) noexcept { return !a.empty() && a == b; }

bool is_same_letter(char a, char b) noexcept { return to_lower(a) == to_lower(b); }

bool is_same_text(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), is_same_letter);
}

// An IPv4 address may be written as IPv6: the same address comes in both forms from two listeners.
std::string_view comparable_ip(std::string_view text) noexcept {
  text = trim(text, is_white_space);
  const bool is_mapped = is_same_text(text.substr(0, kMappedPrefix.size()), kMappedPrefix) &&
                         text.find('.') != std::string_view::npos;
  return is_mapped ? text.substr(kMappedPrefix.size()) : text;
}

bool is_same_ip(std::string_view a, std::string_view b) noexcept {
  a = comparable_ip(a);
  return !a.empty() && is_same_text(a, comparable_ip(b));
}

struct FlagName {
  const char* name;
  bool FraudFlags::*flag;
};

constexpr std::array<FlagName, 7> kFlagNames = {{
    {"same_shopper", &FraudFlags::same_shopper},
    {"same_customer", &FraudFlags::same_customer},
    {"same_email", &FraudFlags::same_email},
    {"same_ip_address", &FraudFlags::same_ip_address},
    {"same_ip_and_user_agent", &FraudFlags::same_ip_and_user_agent},
    {"fuzzy_email", &FraudFlags::fuzzy_email},
    {"high_sensitivity_fuzzy_email", &FraudFlags::high_sensitivity_fuzzy_email},
}};

const char* json_of(bool holds) noexcept { return holds ? "true" : "false"; }

}  // namespace

FraudFlags find_fraud_flags(const FraudParty& advocate, const FraudParty& buyer) {
  const std::string ours = normalise_email(advocate.email);
  const std::string theirs = normalise_email(buyer.email);
  const std::string our_mailbox = mailbox_of(ours);
  const std::string their_mailbox = mailbox_of(theirs);
  FraudFlags flags;
  flags.same_shopper = is_same(advocate.shopper_id, buyer.shopper_id);
  flags.same_customer = is_same(advocate.customer_id, buyer.customer_id);
  flags.same_email = is_same(ours, theirs);
  flags.same_ip_address = is_same_ip(advocate.ip_address, buyer.ip_address);
  flags.same_ip_and_user_agent = flags.same_ip_address && is_same(advocate.user_agent, buyer.user_agent);
  flags.fuzzy_email = flags.same_email || is_same(our_mailbox, their_mailbox);
  flags.high_sensitivity_fuzzy_email = flags.fuzzy_email || are_alike(our_mailbox, their_mailbox);
  return flags;
}

bool is_possible_self_referral(const FraudFlags& flags) noexcept {
  return flags.same_shopper || flags.same_customer || flags.fuzzy_email || flags.same_ip_and_user_agent;
}

std::string build_fraud_report(const FraudFlags& flags) {
  std::string out = "{";
  append_raw(out, "possible_self_referral", json_of(is_possible_self_referral(flags)));
  append_raw(out, "fraud", "{");
  for (const FlagName& known : kFlagNames) append_raw(out, known.name, json_of(flags.*known.flag));
  out += "}}";
  return out;
}

}  // namespace refedge
