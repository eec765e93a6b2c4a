// The custom field of a sign-up, as the formats name it.
#pragma once

#include <string>
#include <string_view>

#include "refedge/json_writer.h"

namespace refedge::origin {

// What the field is called in `custom_fields`: the key of docs/protocol.md#bp_e (auto sign-up).
inline constexpr std::string_view kCustomFieldName = "custom_field";

// custom_fields_json returns `[{"<name_key>":"<name>","value":"<value>"}]`, or `[]` for no value. The
// manual calls the name "key" in `bp_e` and "label" in the webhook.
[[nodiscard]] inline std::string custom_fields_json(std::string_view name_key, std::string_view name,
                                                    std::string_view value) {
  if (value.empty()) return "[]";
  std::string json = "[{";
  append_json_string(json, name_key);
  json += ':';
  append_json_string(json, name);
  json += ",\"value\":";
  append_json_string(json, value);
  json += "}]";
  return json;
}

}  // namespace refedge::origin
