// The operations of c_api.h that carry a key, and those that only servers need.
#include <algorithm>
#include <array>

#include "capi/operation.h"
#include "capi/record.h"
#include "core/decimal.h"
#include "refedge/attribution.h"
#include "refedge/c_api.h"
#include "refedge/click_id.h"
#include "refedge/metadata.h"
#include "refedge/share_code.h"
#include "refedge/signature.h"

namespace refedge::capi {
namespace {

constexpr std::int64_t kMaxUnixMs = (1LL << 48) - 1;

Result<std::string> run_build_signature(Fields fields) {
  const auto object = read_object_fields(fields.subspan(2));
  if (!object) return object.error();
  return build_signature(*object, fields[1], fields[0]);
}

Result<std::string> run_verify_signature(Fields fields) {
  const auto object = read_object_fields(fields.subspan(3));
  if (!object) return object.error();
  const auto verified = verify_signature(*object, fields[1], fields[2], fields[0]);
  if (!verified) return verified.error();
  return std::string();
}

Result<CookieKey> read_cookie_key(std::string_view id, std::string_view key) {
  if (id.size() != 1) return Error{Errc::kInvalidKey, "cookie_key"};
  return CookieKey{id.front(), key};
}

Result<std::string> run_sign_cookie(Fields fields) {
  const auto key = read_cookie_key(fields[0], fields[1]);
  if (!key) return key.error();
  const auto cookie = read_cookie(fields.subspan(2));
  if (!cookie) return cookie.error();
  return sign_cookie(*cookie, *key);
}

Result<std::string> run_verify_cookie(Fields fields) {
  std::vector<CookieKey> keys;
  for (std::size_t i = 1; i + 1 < fields.size(); i += 2) {
    const auto key = read_cookie_key(fields[i], fields[i + 1]);
    if (!key) return key.error();
    keys.push_back(*key);
  }
  const auto cookie = verify_cookie(fields[0], keys);
  if (!cookie) return cookie.error();
  return write_cookie(*cookie);
}

Result<ClickRule> read_click_rule(std::string_view name) {
  if (name == "last_click") return ClickRule::kLastClick;
  if (name == "first_click") return ClickRule::kFirstClick;
  return Error{Errc::kInvalidField, "click_rule"};
}

Result<EvidenceKind> read_kind(std::string_view name) {
  for (int number = 1; number <= static_cast<int>(EvidenceKind::kReferrerEmail); ++number) {
    const auto kind = static_cast<EvidenceKind>(number);
    if (evidence_kind_name(kind) == name) return kind;
  }
  return Error{Errc::kInvalidField, "kind"};
}

Result<Evidence> read_evidence(Fields fields) {
  const auto kind = read_kind(fields[0]);
  if (!kind) return kind.error();
  Evidence evidence = {*kind, fields[1], fields[2], {}};
  if (fields[3].empty()) return evidence;
  const auto seen_at = read_number(fields[3], "seen_at");
  if (!seen_at) return seen_at.error();
  evidence.seen_at = *seen_at;
  return evidence;
}

Result<std::vector<Evidence>> read_all_evidence(Fields fields) {
  std::vector<Evidence> evidence;
  for (std::size_t i = 0; i + 3 < fields.size(); i += 4) {
    const auto piece = read_evidence(fields.subspan(i, 4));
    if (!piece) return piece.error();
    evidence.push_back(*piece);
  }
  return evidence;
}

std::string write_decision(const AttributionDecision& decision) {
  std::string winner;
  if (decision.winner) append_decimal(winner, static_cast<std::int64_t>(*decision.winner));
  std::string version;
  append_decimal(version, decision.rule_version);
  std::string record;
  append_record_field(record, winner);
  append_record_field(record, version);
  for (const auto verdict : decision.verdicts) append_record_field(record, evidence_verdict_name(verdict));
  return record;
}

Result<std::string> run_attribute(Fields fields) {
  const auto click = read_click_rule(fields[1]);
  if (!click) return click.error();
  const auto window = read_number(fields[2], "window_seconds");
  if (!window) return window.error();
  const auto now = read_number(fields[3], "now");
  if (!now) return now.error();
  const auto evidence = read_all_evidence(fields.subspan(4));
  if (!evidence) return evidence.error();
  const auto decision = attribute(*evidence, fields[0], {*click, *window}, *now);
  if (!decision) return decision.error();
  return write_decision(*decision);
}

// The host's random bytes, which must be exactly as many as are asked for.
template <std::size_t N>
Result<std::array<std::uint8_t, N>> read_random(std::string_view bytes) {
  if (bytes.size() != N) return Error{Errc::kInvalidField, "random"};
  std::array<std::uint8_t, N> random;
  std::transform(bytes.begin(), bytes.end(), random.begin(),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  return random;
}

Result<std::string> run_make_share_code(Fields fields) {
  const auto random = read_random<8>(fields[0]);
  if (!random) return random.error();
  return make_share_code(*random);
}

Result<std::string> run_make_click_id(Fields fields) {
  const auto unix_ms = read_number(fields[0], "unix_ms", kMaxUnixMs);
  if (!unix_ms) return unix_ms.error();
  const auto random = read_random<10>(fields[1]);
  if (!random) return random.error();
  return make_click_id(static_cast<std::uint64_t>(*unix_ms), *random);
}

}  // namespace
}  // namespace refedge::capi

using refedge::capi::Fields;
using refedge::capi::run_operation;

void refedge_build_signature(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {2, 3}, refedge::capi::run_build_signature);
}

void refedge_verify_signature(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {3, 3}, refedge::capi::run_verify_signature);
}

void refedge_encrypt_metadata(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {2},
                [](Fields fields) { return refedge::encrypt_metadata(fields[1], fields[0]); });
}

void refedge_decrypt_metadata(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {2},
                [](Fields fields) { return refedge::decrypt_metadata(fields[1], fields[0]); });
}

void refedge_sign_cookie(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {5}, refedge::capi::run_sign_cookie);
}

void refedge_verify_cookie(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {1, 2}, refedge::capi::run_verify_cookie);
}

void refedge_attribute(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {4, 4}, refedge::capi::run_attribute);
}

void refedge_make_share_code(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {1}, refedge::capi::run_make_share_code);
}

void refedge_make_click_id(const uint8_t* record, size_t len, refedge_response* out) {
  run_operation(record, len, out, {2}, refedge::capi::run_make_click_id);
}
