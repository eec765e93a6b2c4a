#include "edge/agent/conversion_batch.h"

#include <nlohmann/json.hpp>

#include "refedge/json_writer.h"

namespace refedge::edge {
namespace {

void append_member(std::string& out, std::string_view key, std::string_view value) {
  append_json_string(out, key);
  out.push_back(':');
  append_json_string(out, value);
  out.push_back(',');
}

std::optional<ConversionResult> read_result(const nlohmann::json& json, std::string_view conversion_id) {
  if (!json.is_object()) return std::nullopt;
  const auto id = json.find("conversion_id");
  const auto status = json.find("status");
  const auto answer = json.find("answer");
  if (id == json.end() || !id->is_string() || id->get_ref<const std::string&>() != conversion_id)
    return std::nullopt;
  if (status == json.end() || !status->is_number_unsigned() || answer == json.end()) return std::nullopt;
  return ConversionResult{status->get<long>(), answer->dump()};
}

}  // namespace

std::string write_conversion(const Conversion& conversion) {
  std::string out = "{";
  append_member(out, "conversion_id", conversion.conversion_id);
  out.append("\"at_ms\":").append(std::to_string(conversion.at_ms)).append(",");
  append_member(out, "content_type", conversion.content_type);
  append_member(out, "attribution", conversion.attribution);
  append_member(out, "body", conversion.body);
  out.back() = '}';
  return out;
}

std::string write_conversion_batch(std::span<const Conversion> conversions) {
  std::string out = "{\"conversions\":[";
  for (const Conversion& conversion : conversions) out.append(write_conversion(conversion)).push_back(',');
  if (conversions.empty()) return out.append("]}");
  out.back() = ']';
  out.push_back('}');
  return out;
}

std::optional<std::vector<ConversionResult>> read_conversion_results(
    std::string_view json, std::span<const Conversion> conversions) {
  const auto answer = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!answer.is_object()) return std::nullopt;
  const auto list = answer.find("results");
  if (list == answer.end() || !list->is_array() || list->size() != conversions.size()) return std::nullopt;
  std::vector<ConversionResult> results;
  for (std::size_t i = 0; i < conversions.size(); ++i) {
    auto result = read_result((*list)[i], conversions[i].conversion_id);
    if (!result) return std::nullopt;
    results.push_back(*std::move(result));
  }
  return results;
}

}  // namespace refedge::edge
