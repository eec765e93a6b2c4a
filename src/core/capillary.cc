#include "refedge/capillary.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/fault.h"
#include "core/json_members.h"
#include "refedge/limits.h"
#include "refedge/track.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

// E.164 allows 15 digits; the manual's sample of an invalid number has 8.
constexpr std::size_t kMinMobileDigits = 9;
constexpr std::size_t kMaxMobileDigits = 15;

bool is_mobile(std::string_view text) noexcept {
  if (text.starts_with('+')) text.remove_prefix(1);
  return text.size() >= kMinMobileDigits && text.size() <= kMaxMobileDigits && all_of(text, is_digit);
}

// A success reads differently for an invitation and for a customer.
const char* message_of(CapillaryCode code, const char* success) noexcept {
  switch (code) {
    case CapillaryCode::kOk:
      return success;
    case CapillaryCode::kUnknownCustomer:
      return "Cannot find a customer for provided mobile";
    case CapillaryCode::kUnsupportedType:
      return "Referral type is not supported";
    case CapillaryCode::kInvalidIdentifier:
      return "Invalid Identifier for the type";
  }
  return "";
}

// The last member of the object that it stands in: the object is closed too.
void append_status(std::string& out, const char* key, CapillaryCode code, const char* success) {
  append_raw(out, key, "{");
  append_text(out, "success", code == CapillaryCode::kOk ? "true" : "false");
  append_number(out, "code", static_cast<std::int64_t>(code));
  append_text(out, "message", message_of(code, success));
  out += "}}";
}

CapillaryCode judge(std::string_view type, std::string_view identifier) noexcept {
  const bool is_mobile_type = type == "MOBILE";
  if (!is_mobile_type && type != "EMAIL") return CapillaryCode::kUnsupportedType;
  const bool is_sound = is_mobile_type ? is_mobile(identifier) : is_email(identifier);
  return is_sound ? CapillaryCode::kOk : CapillaryCode::kInvalidIdentifier;
}

}  // namespace

CapillaryCode judge_capillary_referral(const CapillaryReferral& referral) noexcept {
  return judge(referral.type, referral.identifier);
}

void CapillaryAnswer::fail(const Error& error) {
  if (error_.code == Errc::kOk) error_ = error;
}

void CapillaryAnswer::fail_at(Errc code, const char* name) {
  const bool is_in_referral = num_referrals_ != 0;
  Error error = to_error({code, "customer", num_customers_ - 1, is_in_referral ? "referral" : name});
  if (is_in_referral) error.field += to_error({code, {}, num_referrals_ - 1, name}).field;
  fail(error);
}

void CapillaryAnswer::write(const char* key, std::string_view value) {
  if (value.size() > kMaxCapillaryValueLength) return fail_at(Errc::kTooLong, key);
  if (!is_valid_utf8(value)) return fail_at(Errc::kInvalidUtf8, key);
  append_text(out_, key, value);
}

void CapillaryAnswer::write_or_null(const char* key, std::string_view value) {
  if (value.empty()) return append_raw(out_, key, "null");
  write(key, value);
}

void CapillaryAnswer::close_type() {
  if (num_referrals_ != 0) out_ += "]}";
}

void CapillaryAnswer::close_customer() {
  if (num_customers_ == 0) return;
  close_type();
  if (!is_known_) out_.resize(referrals_at_);
  out_ += "]}";
  append_status(out_, "item_status", is_known_ ? CapillaryCode::kOk : CapillaryCode::kUnknownCustomer,
                "Referrals are invited successfully");
}

void CapillaryAnswer::add_customer(const CapillaryCustomer& customer) {
  close_customer();
  if (num_customers_ == kMaxCapillaryCustomers) return fail({Errc::kTooMany, "customer"});
  ++num_customers_;
  num_referrals_ = 0;
  is_known_ = customer.is_known;
  append_comma(out_);
  out_ += '{';
  write_or_null("email", customer.email);
  write_or_null("mobile", customer.mobile);
  write_or_null("external_id", customer.external_id);
  write("firstname", customer.first_name);
  write("lastname", customer.last_name);
  append_raw(out_, "referrals", "{\"referral_type\":[");
  referrals_at_ = out_.size();
}

void CapillaryAnswer::add_referral(const CapillaryReferral& referral) {
  if (num_referrals_ == kMaxCapillaryReferrals) {
    return fail(to_error({Errc::kTooMany, "customer", num_customers_ - 1, "referral"}));
  }
  const bool is_new_type = num_referrals_ == 0 || type_ != referral.type;
  if (is_new_type) close_type();
  ++num_referrals_;
  append_comma(out_);
  out_ += '{';
  if (is_new_type) {
    write("type", referral.type);
    append_raw(out_, "referral", "[{");
    type_ = referral.type;
  }
  write("id", referral.id);
  write("name", referral.name);
  write("identifier", referral.identifier);
  if (!parse_invited_on(referral.invited_on)) fail_at(Errc::kInvalidField, "invited_on");
  write("invited_on", referral.invited_on);
  append_status(out_, "status", judge(referral.type, referral.identifier), "Refer was successful");
}

Result<std::string> CapillaryAnswer::finish() {
  close_customer();
  if (num_customers_ == 0) return {Errc::kMissingField, "customer"};
  if (error_.code != Errc::kOk) return std::move(error_);
  out_.insert(0,
              "{\"response\":{\"status\":{\"success\":\"true\",\"code\":200,\"message\":\"SUCCESS\"},"
              "\"customers\":{\"customer\":[");
  out_ += "]}}}";
  return std::move(out_);
}

}  // namespace refedge
