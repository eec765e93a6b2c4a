// The operation of c_api.h that answers a visit of a share link.
#include <algorithm>
#include <array>

#include "capi/operation.h"
#include "capi/record.h"
#include "core/words.h"
#include "refedge/c_api.h"
#include "refedge/edge_visit.h"

namespace refedge::capi {
namespace {

constexpr std::int64_t kMaxUnixMs = (1LL << 48) - 1;
constexpr std::size_t kRuleFields = 9;
constexpr std::size_t kVisitFields = 12;
constexpr std::size_t kLinkFields = 5;
constexpr std::size_t kFixedFields = kRuleFields + kVisitFields + kLinkFields;

Error bad_field(const char* name) { return {Errc::kInvalidField, name}; }

Result<EdgeRule> read_edge_rule(Fields fields) {
  EdgeRule rule;
  rule.cookie_name = fields[0];
  rule.consent.source = static_cast<ConsentSource>(number_of("implied cookie header", fields[1]));
  rule.consent.name = fields[2];
  rule.consent.values = fields[3];
  if (!is_switch(fields[4])) return bad_field("honour_gpc");
  if (!is_switch(fields[5])) return bad_field("honour_dnt");
  rule.consent.honour_gpc = fields[4] == "1";
  rule.consent.honour_dnt = fields[5] == "1";
  if (Error wrong = check_consent_rule(rule.consent); wrong.code != Errc::kOk) return wrong;
  rule.destination.passthrough = static_cast<Passthrough>(number_of("none utm all", fields[6]));
  if (rule.destination.passthrough == Passthrough{}) return bad_field("passthrough");
  rule.destination.precedence = static_cast<Precedence>(number_of("link visitor", fields[7]));
  if (rule.destination.precedence == Precedence{}) return bad_field("precedence");
  const auto window = read_number(fields[8], "repeat_window_seconds");
  if (!window) return window.error();
  rule.repeat_window_seconds = *window;
  return rule;
}

Result<LinkVisit> read_link_visit(Fields fields) {
  LinkVisit visit;
  visit.visit = {fields[0], fields[1], fields[2], fields[3], fields[4]};
  visit.signals = {fields[5], fields[6], fields[7], fields[8]};
  visit.query = fields[9];
  const auto now_ms = read_number(fields[10], "now_ms", kMaxUnixMs);
  if (!now_ms) return now_ms.error();
  visit.now_ms = *now_ms;
  if (fields[11].size() != visit.random.size()) return bad_field("random");
  std::copy(fields[11].begin(), fields[11].end(), visit.random.begin());
  return visit;
}

Result<EdgeLink> read_edge_link(Fields fields) {
  EdgeLink link;
  link.code = fields[0];
  link.location = fields[1];
  const auto expires_at = read_number(fields[2], "expires_at");
  if (!expires_at) return expires_at.error();
  link.expires_at = *expires_at;
  if (!is_switch(fields[3])) return bad_field("active");
  link.is_active = fields[3] == "1";
  link.fallback = fields[4];
  return link;
}

Result<std::vector<CookieKey>> read_keys(Fields fields) {
  std::vector<CookieKey> keys;
  for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
    if (fields[i].size() != 1) return Error{Errc::kInvalidKey, "cookie_key"};
    keys.push_back({fields[i].front(), fields[i + 1]});
  }
  return keys;
}

std::string write_answer(const LinkAnswer& answer) {
  const bool is_served = answer.is_served;
  std::string record;
  append_record_field(record, is_served ? visit_verdict_name(answer.verdict) : std::string_view());
  append_record_field(record, is_served ? consent_name(answer.consent) : std::string_view());
  append_record_field(record, answer.is_repeat ? "1" : "");
  append_record_field(record, answer.click_id);
  append_record_field(record, answer.cookie);
  append_record_field(record, answer.location);
  return record;
}

Result<std::string> run_answer_link_visit(Fields fields) {
  const auto rule = read_edge_rule(fields.first(kRuleFields));
  if (!rule) return rule.error();
  const auto visit = read_link_visit(fields.subspan(kRuleFields, kVisitFields));
  if (!visit) return visit.error();
  auto link = read_edge_link(fields.subspan(kRuleFields + kVisitFields, kLinkFields));
  if (!link) return link.error();
  const auto keys = read_keys(fields.subspan(kFixedFields));
  if (!keys) return keys.error();
  link->keys = *keys;
  const auto answer = answer_link_visit(*visit, *link, *rule);
  if (!answer) return answer.error();
  return write_answer(*answer);
}

}  // namespace

REFEDGE_OPERATION(answer_link_visit, kFixedFields, 2, run_answer_link_visit)

}  // namespace refedge::capi
