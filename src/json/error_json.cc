#include "json/error_json.h"

#include "refedge/json_writer.h"

namespace refedge {
namespace {

std::string message_of(const Error& error) {
  const std::string name = error.field.empty() ? "the request" : error.field;
  if (error.code == Errc::kMissingField) return name + " is required";
  return name + ": " + std::string(errc_message(error.code));
}

}  // namespace

std::string error_json(std::string_view field, std::string_view reason, std::string_view message) {
  std::string json = R"({"errors":[{"field":)";
  append_json_string(json, field);
  json += R"(,"reason":)";
  append_json_string(json, reason);
  json += R"(,"message":)";
  append_json_string(json, message);
  return json += "}]}";
}

std::string error_json(const Error& error) {
  return error_json(error.field, errc_name(error.code), message_of(error));
}

}  // namespace refedge
