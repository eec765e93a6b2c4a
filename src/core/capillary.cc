#include "refedge/capillary.h"

#include <array>
#include <cstddef>

#include "core/ascii.h"
#include "core/json_members.h"
#include "refedge/limits.h"
#include "refedge/track.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

// E.164 allows 15 digits; the manual's sample of an invalid number has 8.
constexpr std::size_t kMinMobileDigits = 9;
constexpr std::size_t kMaxMobileDigits = 15;

constexpr std::string_view kMobile = "MOBILE";
constexpr std::string_view kEmail = "EMAIL";

bool is_mobile(std::string_view text) noexcept {
  if (text.starts_with('+')) text.remove_prefix(1);
  return text.size() >= kMinMobileDigits && text.size() <= kMaxMobileDigits && all_of(text, is_digit);
}

// A success reads differently for an invitation and for a customer.
std::string_view message_of(CapillaryCode code, std::string_view success) noexcept {
  switch (code) {
    case CapillaryCode::kOk: return success;
    case CapillaryCode::kUnknownCustomer: return "Cannot find a customer for provided mobile";
    case CapillaryCode::kUnsupportedType: return "Referral type is not supported";
    case CapillaryCode::kInvalidIdentifier: return "Invalid Identifier for the type";
  }
  return {};
}

void append_status(std::string& out, std::string_view key, CapillaryCode code, std::string_view success) {
  append_raw(out, key, "{");
  append_text(out, "success", code == CapillaryCode::kOk ? "true" : "false");
  append_number(out, "code", static_cast<std::int64_t>(code));
  append_text(out, "message", message_of(code, success));
  out += '}';
}

void append_referral(std::string& out, const CapillaryReferral& referral) {
  append_comma(out);
  out += '{';
  append_text(out, "id", referral.id);
  append_text(out, "name", referral.name);
  append_text(out, "identifier", referral.identifier);
  append_text(out, "invited_on", referral.invited_on);
  append_status(out, "status", judge_capillary_referral(referral), "Refer was successful");
  out += '}';
}

// Writes the invitations that stand together under one type.
void append_referral_types(std::string& out, std::span<const CapillaryReferral> referrals) {
  for (std::size_t i = 0; i < referrals.size(); ++i) {
    if (i == 0 || referrals[i].type != referrals[i - 1].type) {
      if (i != 0) out += "]}";
      append_comma(out);
      out += '{';
      append_text(out, "type", referrals[i].type);
      append_raw(out, "referral", "[");
    }
    append_referral(out, referrals[i]);
  }
  if (!referrals.empty()) out += "]}";
}

void append_customer(std::string& out, const CapillaryCustomer& customer) {
  append_comma(out);
  out += '{';
  append_text_or_null(out, "email", customer.email);
  append_text_or_null(out, "mobile", customer.mobile);
  append_text_or_null(out, "external_id", customer.external_id);
  append_text(out, "firstname", customer.first_name);
  append_text(out, "lastname", customer.last_name);
  append_raw(out, "referrals", "{\"referral_type\":[");
  if (customer.is_known) append_referral_types(out, customer.referrals);
  out += "]}";
  append_status(out, "item_status", customer.is_known ? CapillaryCode::kOk : CapillaryCode::kUnknownCustomer,
                "Referrals are invited successfully");
  out += '}';
}

std::string item_name(std::string_view list, std::size_t index) {
  std::string name(list);
  name += '[';
  append_decimal(name, static_cast<std::int64_t>(index));
  return name + ']';
}

struct NamedValue {
  std::string_view name;
  std::string_view value;
};

// kOk when all values are text of a sane length.
Error check_values(std::span<const NamedValue> values, const std::string& prefix) {
  for (const NamedValue& value : values) {
    const bool is_short = value.value.size() <= kMaxCapillaryValueLength;
    if (is_short && is_valid_utf8(value.value)) continue;
    return {is_short ? Errc::kInvalidUtf8 : Errc::kTooLong, prefix + '.' + std::string(value.name)};
  }
  return {};
}

Error check_referral(const CapillaryReferral& referral, const std::string& prefix) {
  const std::array<NamedValue, 4> values = {{{"type", referral.type},
                                             {"id", referral.id},
                                             {"name", referral.name},
                                             {"identifier", referral.identifier}}};
  Error wrong = check_values(values, prefix);
  if (wrong.code != Errc::kOk || parse_invited_on(referral.invited_on)) return wrong;
  return {Errc::kInvalidField, prefix + ".invited_on"};
}

Error check_customer(const CapillaryCustomer& customer, const std::string& prefix) {
  if (customer.referrals.size() > kMaxCapillaryReferrals) return {Errc::kTooMany, prefix + ".referral"};
  const std::array<NamedValue, 5> values = {{{"email", customer.email},
                                             {"mobile", customer.mobile},
                                             {"external_id", customer.external_id},
                                             {"firstname", customer.first_name},
                                             {"lastname", customer.last_name}}};
  Error wrong = check_values(values, prefix);
  for (std::size_t i = 0; i < customer.referrals.size() && wrong.code == Errc::kOk; ++i) {
    wrong = check_referral(customer.referrals[i], prefix + '.' + item_name("referral", i));
  }
  return wrong;
}

Error check_batch(std::span<const CapillaryCustomer> customers) {
  if (customers.empty()) return {Errc::kMissingField, "customer"};
  if (customers.size() > kMaxCapillaryCustomers) return {Errc::kTooMany, "customer"};
  for (std::size_t i = 0; i < customers.size(); ++i) {
    Error wrong = check_customer(customers[i], item_name("customer", i));
    if (wrong.code != Errc::kOk) return wrong;
  }
  return {};
}

}  // namespace

CapillaryCode judge_capillary_referral(const CapillaryReferral& referral) noexcept {
  if (referral.type != kMobile && referral.type != kEmail) return CapillaryCode::kUnsupportedType;
  const bool is_sound = referral.type == kMobile ? is_mobile(referral.identifier) : is_email(referral.identifier);
  return is_sound ? CapillaryCode::kOk : CapillaryCode::kInvalidIdentifier;
}

Result<std::string> build_capillary_response(std::span<const CapillaryCustomer> customers) {
  Error wrong = check_batch(customers);
  if (wrong.code != Errc::kOk) return wrong;
  std::string out =
      "{\"response\":{\"status\":{\"success\":\"true\",\"code\":200,\"message\":\"SUCCESS\"},"
      "\"customers\":{\"customer\":[";
  for (const CapillaryCustomer& customer : customers) append_customer(out, customer);
  out += "]}}}";
  return out;
}

}  // namespace refedge
