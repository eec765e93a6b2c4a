#include "origin/domain/track_fields.h"

#include <nlohmann/json.hpp>

namespace refedge::origin {

std::string_view field_text(std::span<const Field> fields, std::string_view key) {
  for (const Field& field : fields) {
    if (field.key != key) continue;
    const bool is_null = field.kind == ValueKind::kRaw && field.value == "null";
    return is_null ? std::string_view{} : field.value;
  }
  return {};
}

std::vector<std::string> voucher_codes_of(std::span<const Field> fields) {
  std::vector<std::string> codes;
  const std::string_view single = field_text(fields, "voucher_code");
  if (!single.empty()) codes.emplace_back(single);
  const auto list = nlohmann::json::parse(field_text(fields, "voucher_codes"), nullptr, false);
  if (!list.is_array()) return codes;
  for (const auto& code : list) {
    if (code.is_string()) codes.push_back(code.get<std::string>());
  }
  return codes;
}

}  // namespace refedge::origin
