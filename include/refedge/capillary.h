// Capillary `customer/referrals`: a batch of invitations with a status for each.
// Spec: docs/protocol.md#customer-referrals.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "refedge/result.h"

namespace refedge {

// The codes of the manual. They are sent, and never change.
enum class CapillaryCode : std::uint16_t {
  kOk = 1000,
  kUnknownCustomer = 1012,
  kUnsupportedType = 1206,
  kInvalidIdentifier = 1701,
};

// One invitation.
struct CapillaryReferral {
  std::string_view type;        // "MOBILE" or "EMAIL"
  std::string_view id;          // may be empty
  std::string_view name;        // may be empty
  std::string_view identifier;  // the invitee's mobile number or e-mail address, as `type` says
  std::string_view invited_on;  // see parse_invited_on
};

// One customer who refers, as the host knows them; of an unknown one, what the request says.
struct CapillaryCustomer {
  bool is_known = false;
  std::string_view email;
  std::string_view mobile;
  std::string_view external_id;
  std::string_view first_name;
  std::string_view last_name;
};

struct InvitedOn {
  std::int64_t at = 0;    // Unix seconds
  std::string_view code;  // a share-link code; points into the text
};

// parse_invited_on reads "YYYYMMDDThh:mm:ss.<referral code>", from 1970 on, as UTC: the manual names no zone.
// Errors (field "invited_on"): kInvalidField.
[[nodiscard]] Result<InvitedOn> parse_invited_on(std::string_view text);

// judge_capillary_referral gives the status of one invitation of a known customer: kOk, kUnsupportedType for
// a type other than MOBILE and EMAIL, or kInvalidIdentifier. A mobile number is 9 to 15 digits (E.164), with
// or without a leading '+'.
[[nodiscard]] CapillaryCode judge_capillary_referral(const CapillaryReferral& referral) noexcept;

// CapillaryAnswer writes the answer of the manual, in its order: add a customer, then their invitations,
// which it judges, then the next customer. Invitations of one type that stand together form one entry of
// `referral_type`; an unknown customer has none. Missing email, mobile and external_id are null, missing
// names
// "". The first fault is kept, and what is added after it is passed over.
class CapillaryAnswer {
 public:
  void add_customer(const CapillaryCustomer& customer);
  // Precondition: a customer was added.
  void add_referral(const CapillaryReferral& referral);

  // finish gives the answer, or the first fault: kMissingField (field "customer") for an empty batch;
  // kTooMany (field "customer") over kMaxCapillaryCustomers; kTooMany (field "customer[0].referral") over
  // kMaxCapillaryReferrals of one customer; kTooLong over kMaxCapillaryValueLength, kInvalidUtf8, and
  // kInvalidField for a date, named as "customer[0].referral[1].invited_on". Call it once.
  [[nodiscard]] Result<std::string> finish();

 private:
  void fail(const Error& error);
  void fail_at(Errc code, const char* name);
  void write(const char* key, std::string_view value);
  void write_or_null(const char* key, std::string_view value);
  void close_type();
  void close_customer();

  std::string out_;
  Error error_;
  std::size_t num_customers_ = 0;
  std::size_t num_referrals_ = 0;  // of the last customer
  std::size_t referrals_at_ = 0;   // where theirs begin in `out_`
  bool is_known_ = false;
  std::string type_;  // of the last invitation
};

}  // namespace refedge
