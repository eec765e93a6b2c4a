#include "edge/spool/click_payload.h"

#include <array>

#include "edge/spool/payload_fields.h"
#include "refedge/click_id.h"
#include "refedge/share_code.h"

namespace refedge::edge {
namespace {

constexpr char kClickKind = 1;

constexpr std::array kVerdicts = {VisitVerdict::kHuman, VisitVerdict::kBot, VisitVerdict::kUnfurler,
                                  VisitVerdict::kPrefetch, VisitVerdict::kHead};

bool is_uuid(std::string_view text) noexcept {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
    if (dash ? text[i] != '-' : !hex) return false;
  }
  return true;
}

bool read_verdict(std::string_view name, VisitVerdict& verdict) noexcept {
  for (const VisitVerdict candidate : kVerdicts) {
    if (visit_verdict_name(candidate) != name) continue;
    verdict = candidate;
    return true;
  }
  return false;
}

}  // namespace

Result<std::size_t> encode_click(const Click& click, std::span<char> out) {
  const Decimal at_ms(click.at_ms);
  const std::array fields = {click.click_id, click.code, click.market_id, at_ms.text(),
                             visit_verdict_name(click.verdict)};

  std::size_t needed = 2;
  for (const std::string_view field : fields) needed += 2 + field.size();
  if (needed > out.size() || needed > 0xFFFF) return Error{Errc::kTooLong, "click"};

  out[0] = kPayloadVersion;
  out[1] = kClickKind;
  std::size_t at = 2;
  for (const std::string_view field : fields) at = put_field(out, at, field);
  return at;
}

Result<Click> decode_click(std::string_view payload) {
  if (payload.size() < 2) return Errc::kInvalidRecord;
  if (payload[0] != kPayloadVersion) return Errc::kUnsupportedVersion;
  if (payload[1] != kClickKind) return Errc::kInvalidRecord;

  std::array<std::string_view, 5> fields;
  std::string_view rest = payload.substr(2);
  for (std::string_view& field : fields) {
    const auto taken = take_field(rest);
    if (!taken) return Errc::kInvalidRecord;
    field = *taken;
  }
  if (!rest.empty()) return Errc::kInvalidRecord;

  Click click{fields[0], fields[1], fields[2], 0, VisitVerdict::kHuman};
  if (!is_click_id(click.click_id)) return Error{Errc::kInvalidField, "click_id"};
  if (!is_share_code(click.code)) return Error{Errc::kInvalidField, "code"};
  if (!is_uuid(click.market_id)) return Error{Errc::kInvalidField, "market_id"};
  if (!read_decimal(fields[3], click.at_ms)) return Error{Errc::kInvalidField, "at_ms"};
  if (!read_verdict(fields[4], click.verdict)) return Error{Errc::kInvalidField, "verdict"};
  return click;
}

}  // namespace refedge::edge
