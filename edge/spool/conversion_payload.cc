#include "edge/spool/conversion_payload.h"

#include <array>

#include "edge/spool/payload_fields.h"
#include "refedge/click_id.h"
#include "refedge/limits.h"

namespace refedge::edge {
namespace {

constexpr char kConversionKind = 2;

Error check_lengths(const Conversion& conversion) {
  if (conversion.market.size() > kMaxSlugLength) return {Errc::kTooLong, "market"};
  if (conversion.content_type.size() > kMaxContentType) return {Errc::kTooLong, "content_type"};
  if (conversion.attribution.size() > kMaxAttribution) return {Errc::kTooLong, "attribution"};
  if (conversion.body.size() > kMaxConversionBody) return {Errc::kTooLong, "body"};
  return {};
}

}  // namespace

Result<std::string> encode_conversion(const Conversion& conversion) {
  if (Error wrong = check_lengths(conversion); wrong.code != Errc::kOk) return wrong;
  const Decimal at_ms(conversion.at_ms);
  const std::array fields = {conversion.conversion_id, conversion.market, at_ms.text(),
                             conversion.content_type, conversion.attribution};
  std::size_t needed = 2 + conversion.body.size();
  for (const std::string_view field : fields) needed += 2 + field.size();
  std::string payload(needed, '\0');
  payload[0] = kPayloadVersion;
  payload[1] = kConversionKind;
  std::size_t at = 2;
  for (const std::string_view field : fields) at = put_field(payload, at, field);
  payload.replace(at, conversion.body.size(), conversion.body);
  return payload;
}

bool is_conversion(std::string_view payload) noexcept {
  return payload.size() >= 2 && payload[0] == kPayloadVersion && payload[1] == kConversionKind;
}

Result<Conversion> decode_conversion(std::string_view payload) {
  if (payload.size() < 2) return Errc::kInvalidRecord;
  if (payload[0] != kPayloadVersion) return Errc::kUnsupportedVersion;
  if (payload[1] != kConversionKind) return Errc::kInvalidRecord;

  std::array<std::string_view, 5> fields;
  std::string_view rest = payload.substr(2);
  for (std::string_view& field : fields) {
    const auto taken = take_field(rest);
    if (!taken) return Errc::kInvalidRecord;
    field = *taken;
  }
  Conversion conversion{fields[0], fields[1], 0, fields[3], fields[4], rest};
  if (!is_click_id(conversion.conversion_id)) return Error{Errc::kInvalidField, "conversion_id"};
  if (!read_decimal(fields[2], conversion.at_ms)) return Error{Errc::kInvalidField, "at_ms"};
  if (Error wrong = check_lengths(conversion); wrong.code != Errc::kOk) return wrong;
  return conversion;
}

}  // namespace refedge::edge
