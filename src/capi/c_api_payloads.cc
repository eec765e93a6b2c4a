// The operations of c_api.h for the payloads of the other protocols: sign-up links, Friendbuy, Group
// Commerce, Capillary.
#include "capi/operation.h"
#include "capi/record.h"
#include "core/decimal.h"
#include "refedge/auto_signup.h"
#include "refedge/c_api.h"
#include "refedge/capillary.h"
#include "refedge/friendbuy.h"
#include "refedge/group_commerce.h"

namespace refedge::capi {
namespace {

Result<std::string> run_validate_auto_signup(Fields fields) {
  const auto object = read_object_fields(fields);
  if (!object) return object.error();
  const auto signup = validate_auto_signup(*object);
  if (!signup) return signup.error();
  std::string record;
  append_record_field(record, signup->mode == SignupMode::kAuto ? "auto" : "prefill");
  append_record_field(record, signup->email);
  append_record_field(record, signup->name);
  append_record_field(record, signup->custom_field);
  return record;
}

Result<std::string> run_build_friendbuy_customer(Fields fields) {
  const auto object = read_object_fields(fields);
  if (!object) return object.error();
  return build_friendbuy_customer(*object);
}

Result<std::string> run_build_friendbuy_purchase(Fields fields) {
  const bool is_api = fields[0] == "api";
  if (!is_api && fields[0] != "event") return {Errc::kInvalidField, "source"};
  const auto object = read_object_fields(fields.subspan(1));
  if (!object) return object.error();
  return build_friendbuy_purchase(*object, is_api ? PurchaseSource::kApi : PurchaseSource::kEvent);
}

Result<std::string> run_build_refer_friends_answer(Fields fields) {
  const bool is_json = fields[0] == "json";
  if (!is_json && fields[0] != "xml") return {Errc::kInvalidField, "format"};
  const auto sent = read_number(fields[1], "emails_sent", UINT32_MAX);
  if (!sent) return sent.error();
  return build_refer_friends_answer(static_cast<std::uint32_t>(*sent),
                                    is_json ? AnswerFormat::kJson : AnswerFormat::kXml);
}

Result<std::string> run_parse_invited_on(Fields fields) {
  const auto invited = parse_invited_on(fields[0]);
  if (!invited) return invited.error();
  std::string at;
  append_decimal(at, invited->at);
  std::string record;
  append_record_field(record, at);
  append_record_field(record, invited->code);
  return record;
}

Result<std::string> run_judge_capillary_referral(Fields fields) {
  const CapillaryCode code = judge_capillary_referral({fields[0], {}, {}, fields[1], {}});
  std::string out;
  append_decimal(out, static_cast<std::int64_t>(code));
  return out;
}

// A row is a customer (7 fields) and one of their invitations (5 fields), all of it empty when there is none.
constexpr std::size_t kRowFields = 12;

bool has_referral(Fields row) noexcept {
  for (std::size_t i = 7; i < kRowFields; ++i) {
    if (!row[i].empty()) return true;
  }
  return false;
}

// A row's number is that of the customer before it, or the next one.
Errc add_row(Fields row, std::int64_t& num_customers, CapillaryAnswer& answer) {
  const auto number = parse_decimal(row[0], num_customers);
  if (!number || *number + 1 < num_customers) return Errc::kInvalidField;
  if (*number == num_customers) {
    answer.add_customer({row[1] == "known", row[2], row[3], row[4], row[5], row[6]});
    ++num_customers;
  }
  if (has_referral(row)) answer.add_referral({row[7], row[8], row[9], row[10], row[11]});
  return Errc::kOk;
}

Result<std::string> run_build_capillary_response(Fields fields) {
  CapillaryAnswer answer;
  std::int64_t num_customers = 0;
  for (std::size_t i = 0; i + kRowFields <= fields.size(); i += kRowFields) {
    const Fields row = fields.subspan(i, kRowFields);
    if (row[1] != "known" && row[1] != "unknown") return {Errc::kInvalidField, "state"};
    if (add_row(row, num_customers, answer) != Errc::kOk) return {Errc::kInvalidField, "customer"};
  }
  return answer.finish();
}

}  // namespace

REFEDGE_OPERATION(validate_auto_signup, 0, 3, run_validate_auto_signup)
REFEDGE_OPERATION(decode_plain_signup, 1, 0,
                  [](Fields fields) { return refedge::decode_plain_signup(fields[0]); })
REFEDGE_OPERATION(build_friendbuy_customer, 0, 3, run_build_friendbuy_customer)
REFEDGE_OPERATION(build_friendbuy_purchase, 1, 3, run_build_friendbuy_purchase)
REFEDGE_OPERATION(parse_refer_friends_form, 1, 0,
                  [](Fields fields) { return refedge::refer_friends_to_json(fields[0]); })
REFEDGE_OPERATION(build_refer_friends_answer, 2, 0, run_build_refer_friends_answer)
REFEDGE_OPERATION(parse_invited_on, 1, 0, run_parse_invited_on)
REFEDGE_OPERATION(judge_capillary_referral, 2, 0, run_judge_capillary_referral)
REFEDGE_OPERATION(build_capillary_response, 0, 12, run_build_capillary_response)

}  // namespace refedge::capi
