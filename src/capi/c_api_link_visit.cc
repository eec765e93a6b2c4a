// The operation of c_api.h that answers a visit of a share link.
#include <algorithm>

#include "capi/operation.h"
#include "refedge/c_api.h"
#include "refedge/edge_visit.h"

namespace refedge::capi {
namespace {

constexpr std::int64_t kMaxUnixMs = (1LL << 48) - 1;
// Where the parts of the record begin.
constexpr std::size_t kVisit = 9;
constexpr std::size_t kLink = kVisit + 12;
constexpr std::size_t kKeys = kLink + 5;

EdgeRule read_rule(Call& call) {
  EdgeRule rule;
  rule.cookie_name = call[0];
  rule.consent.source = static_cast<ConsentSource>(call.choice(1, "source", "implied cookie header"));
  rule.consent.name = call[2];
  rule.consent.values = call[3];
  rule.consent.honour_gpc = call.flag(4, "honour_gpc");
  rule.consent.honour_dnt = call.flag(5, "honour_dnt");
  if (const Error wrong = check_consent_rule(rule.consent); wrong.code != Errc::kOk)
    call.fail(wrong.code, wrong.field);
  rule.destination.passthrough =
      static_cast<Passthrough>(call.choice(6, "passthrough", "none utm all"));
  rule.destination.precedence = static_cast<Precedence>(call.choice(7, "precedence", "link visitor"));
  rule.repeat_window_seconds = call.number(8, "repeat_window_seconds");
  return rule;
}

LinkVisit read_visit(Call& call) {
  const std::string_view* const fields = &call[kVisit];
  LinkVisit visit;
  visit.visit = {fields[0], fields[1], fields[2], fields[3], fields[4]};
  visit.signals = {fields[5], fields[6], fields[7], fields[8]};
  visit.query = fields[9];
  visit.now_ms = call.number(kVisit + 10, "now_ms", kMaxUnixMs);
  if (fields[11].size() == visit.random.size()) {
    std::copy(fields[11].begin(), fields[11].end(), visit.random.begin());
  } else {
    call.fail(Errc::kInvalidField, "random");
  }
  return visit;
}

EdgeLink read_link(Call& call) {
  EdgeLink link;
  link.code = call[kLink];
  link.location = call[kLink + 1];
  link.expires_at = call.number(kLink + 2, "expires_at");
  link.is_active = call.flag(kLink + 3, "active");
  link.fallback = call[kLink + 4];
  return link;
}

void put_answer(Call& call, const LinkAnswer& answer) {
  const bool is_served = answer.is_served;
  call.put(is_served ? visit_verdict_name(answer.verdict) : std::string_view());
  call.put(is_served ? consent_name(answer.consent) : std::string_view());
  call.put(answer.is_repeat ? "1" : "");
  call.put(answer.click_id);
  call.put(answer.cookie);
  call.put(answer.location);
}

void run_answer_link_visit(Call& call) {
  const EdgeRule rule = read_rule(call);
  const LinkVisit visit = read_visit(call);
  EdgeLink link = read_link(call);
  const auto keys = call.cookie_keys(kKeys);
  if (call.has_failed()) return;
  link.keys = keys;
  const auto answer = answer_link_visit(visit, link, rule);
  if (call.check(answer)) put_answer(call, *answer);
}

}  // namespace

REFEDGE_OPERATION(answer_link_visit, kKeys, 2, run_answer_link_visit)

}  // namespace refedge::capi
