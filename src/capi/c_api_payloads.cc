// The operations of c_api.h for the payloads of the other protocols: sign-up links, Friendbuy, Group
// Commerce, Capillary.
#include "capi/operation.h"
#include "core/decimal.h"
#include "refedge/auto_signup.h"
#include "refedge/c_api.h"
#include "refedge/capillary.h"
#include "refedge/friendbuy.h"
#include "refedge/group_commerce.h"

namespace refedge::capi {
namespace {

void run_validate_auto_signup(Call& call) {
  const auto object = call.object(0);
  if (call.has_failed()) return;
  const auto signup = validate_auto_signup(object);
  if (!call.check(signup)) return;
  call.put(signup->mode == SignupMode::kAuto ? "auto" : "prefill");
  call.put(signup->email);
  call.put(signup->name);
  call.put(signup->custom_field);
}

void run_build_friendbuy_customer(Call& call) {
  const auto object = call.object(0);
  if (!call.has_failed()) call.answer(build_friendbuy_customer(object));
}

void run_build_friendbuy_purchase(Call& call) {
  const bool is_api = call.choice(0, "source", "event api") == 2;
  const auto object = call.object(1);
  if (!call.has_failed())
    call.answer(build_friendbuy_purchase(object, is_api ? PurchaseSource::kApi : PurchaseSource::kEvent));
}

void run_build_refer_friends_answer(Call& call) {
  const bool is_json = call.choice(0, "format", "xml json") == 2;
  const auto sent = static_cast<std::uint32_t>(call.number(1, "emails_sent", UINT32_MAX));
  if (!call.has_failed())
    call.answer(build_refer_friends_answer(sent, is_json ? AnswerFormat::kJson : AnswerFormat::kXml));
}

void run_parse_invited_on(Call& call) {
  const auto invited = parse_invited_on(call[0]);
  if (!call.check(invited)) return;
  call.put_number(invited->at);
  call.put(invited->code);
}

void run_judge_capillary_referral(Call& call) {
  std::string code;
  append_decimal(code, static_cast<std::int64_t>(judge_capillary_referral({call[0], {}, {}, call[1], {}})));
  call.answer_text(code);
}

// A row is a customer (7 fields) and one of their invitations (5 fields), all of it empty when there is none.
constexpr std::size_t kRowFields = 12;

using Row = std::span<const std::string_view>;

bool has_referral(Row row) noexcept {
  for (std::size_t i = 7; i < kRowFields; ++i) {
    if (!row[i].empty()) return true;
  }
  return false;
}

// A row's number is that of the customer before it, or the next one.
Errc add_row(Row row, std::int64_t& num_customers, CapillaryAnswer& answer) {
  const auto number = parse_decimal(row[0], num_customers);
  if (!number || *number + 1 < num_customers) return Errc::kInvalidField;
  if (*number == num_customers) {
    answer.add_customer({row[1] == "known", row[2], row[3], row[4], row[5], row[6]});
    ++num_customers;
  }
  if (has_referral(row)) answer.add_referral({row[7], row[8], row[9], row[10], row[11]});
  return Errc::kOk;
}

void run_build_capillary_response(Call& call) {
  CapillaryAnswer answer;
  std::int64_t num_customers = 0;
  for (std::size_t i = 0; i < call.size(); i += kRowFields) {
    call.choice(i + 1, "state", "known unknown");
    if (!call.has_failed() && add_row(call.from(i), num_customers, answer) != Errc::kOk)
      call.fail(Errc::kInvalidField, "customer");
  }
  if (!call.has_failed()) call.answer(answer.finish());
}

}  // namespace

REFEDGE_OPERATION(validate_auto_signup, 0, 3, run_validate_auto_signup)
REFEDGE_OPERATION(decode_plain_signup, 1, 0,
                  [](Call& call) { call.answer(refedge::decode_plain_signup(call[0])); })
REFEDGE_OPERATION(build_friendbuy_customer, 0, 3, run_build_friendbuy_customer)
REFEDGE_OPERATION(build_friendbuy_purchase, 1, 3, run_build_friendbuy_purchase)
REFEDGE_OPERATION(parse_refer_friends_form, 1, 0,
                  [](Call& call) { call.answer(refedge::refer_friends_to_json(call[0])); })
REFEDGE_OPERATION(build_refer_friends_answer, 2, 0, run_build_refer_friends_answer)
REFEDGE_OPERATION(parse_invited_on, 1, 0, run_parse_invited_on)
REFEDGE_OPERATION(judge_capillary_referral, 2, 0, run_judge_capillary_referral)
REFEDGE_OPERATION(build_capillary_response, 0, 12, run_build_capillary_response)

}  // namespace refedge::capi
