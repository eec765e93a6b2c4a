// Fraud flags: signs that a referrer (the advocate) and a friend are one person.
// Spec: docs/protocol.md#fraud-flags.
#pragma once

#include <string>
#include <string_view>

namespace refedge {

// What is known of one side. Any text; empty: not known. A host that does not want a check leaves its
// input empty.
struct FraudParty {
  std::string_view email;
  std::string_view ip_address;
  std::string_view user_agent;
  std::string_view customer_id;  // the shop's own id
  std::string_view shopper_id;   // the id of the browser, from a cookie
};

// In the order in which they are written. Each of the three e-mail flags includes the one before it.
struct FraudFlags {
  bool same_shopper = false;
  bool same_customer = false;
  bool same_email = false;
  bool same_ip_address = false;
  bool same_ip_and_user_agent = false;
  bool fuzzy_email = false;                   // the same mailbox: case, +tag, the dots of Gmail
  bool high_sensitivity_fuzzy_email = false;  // much alike, under the same domain

  friend bool operator==(const FraudFlags&, const FraudFlags&) = default;
};

// find_fraud_flags compares two sides. What is unknown equals nothing, not even another unknown. Takes any
// text of any length and has no errors: a flag marks a conversion, it never drops one. Pure; its work is
// bounded: addresses with a local part of over 64 bytes are compared as a whole only.
[[nodiscard]] FraudFlags find_fraud_flags(const FraudParty& advocate, const FraudParty& buyer);

// is_possible_self_referral: the same browser, customer or mailbox, or the same IP address with the same
// user agent. An IP address alone (a household, an office) and a resemblance alone are not enough.
[[nodiscard]] bool is_possible_self_referral(const FraudFlags& flags) noexcept;

// build_fraud_report writes the two members of a conversion as one canonical object:
// {"possible_self_referral":false,"fraud":{"same_shopper":false,...}}.
[[nodiscard]] std::string build_fraud_report(const FraudFlags& flags);

}  // namespace refedge
