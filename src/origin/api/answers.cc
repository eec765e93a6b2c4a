#include "origin/api/answers.h"

#include <array>

#include "refedge/json_writer.h"

namespace refedge::origin {
namespace {

std::string message_of(const Error& error) {
  const std::string name = error.field.empty() ? "the request" : error.field;
  if (error.code == Errc::kMissingField) return name + " is required";
  return name + ": " + std::string(errc_message(error.code));
}

}  // namespace

Response json_answer(unsigned status, std::string body) {
  Response response{.status = status, .content_type = "application/json", .body = std::move(body)};
  response.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
  return response;
}

Response error_answer(unsigned status, std::string_view field, std::string_view reason,
                      std::string_view message) {
  std::string body = R"({"errors":[{"field":)";
  append_json_string(body, field);
  body += R"(,"reason":)";
  append_json_string(body, reason);
  body += R"(,"message":)";
  append_json_string(body, message);
  body += "}]}";
  return json_answer(status, std::move(body));
}

Response refusal(const Error& error) {
  return error_answer(422, error.field, errc_name(error.code), message_of(error));
}

Response unauthorized() {
  return error_answer(401, "", "unauthorized", "the request's credentials are missing or wrong");
}

Response not_found(std::string_view field) {
  const std::string name = field.empty() ? "the resource" : std::string(field);
  return error_answer(404, field, "not_found", name + " is not known");
}

}  // namespace refedge::origin
