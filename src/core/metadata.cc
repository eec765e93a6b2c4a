#include "refedge/metadata.h"

#include <array>

#include "core/decimal.h"
#include "refedge/json_writer.h"

namespace refedge {

Result<std::string> build_metadata(const ReferralMetadata& metadata) {
  if (metadata.email.empty()) return {Errc::kMissingField, "email"};
  if (metadata.referral_count < 0) return {Errc::kInvalidField, "referral_count"};
  std::string count;
  append_decimal(count, metadata.referral_count);
  const std::array<Field, 7> known = {{
      {"referral_count", count, ValueKind::kRaw},
      {"email", metadata.email},
      {"first_name", metadata.first_name},
      {"last_name", metadata.last_name},
      {"client_data", metadata.client_data_json, ValueKind::kRaw},
      {"custom_fields", metadata.custom_fields_json, ValueKind::kRaw},
      {"voucher_code", metadata.voucher_code},
  }};
  std::array<Field, 7> given;
  std::size_t num_given = 0;
  for (const Field& field : known) {
    if (!field.value.empty()) given[num_given++] = field;
  }
  return write_json_object({given.data(), num_given});
}

}  // namespace refedge
