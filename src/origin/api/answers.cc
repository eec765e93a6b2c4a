#include "origin/api/answers.h"

#include "json/error_json.h"

namespace refedge::origin {

Response json_answer(unsigned status, std::string body) {
  Response response{.status = status, .content_type = "application/json", .body = std::move(body)};
  response.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
  return response;
}

Response error_answer(unsigned status, std::string_view field, std::string_view reason,
                      std::string_view message) {
  return json_answer(status, error_json(field, reason, message));
}

Response refusal(const Error& error) {
  return json_answer(422, error_json(error));
}

Response unauthorized() {
  return error_answer(401, "", "unauthorized", "the request's credentials are missing or wrong");
}

Response not_found(std::string_view field) {
  const std::string name = field.empty() ? "the resource" : std::string(field);
  return error_answer(404, field, "not_found", name + " is not known");
}

}  // namespace refedge::origin
