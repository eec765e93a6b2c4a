// Requests to the origin's endpoints: an answer to everything, never a 500, and nothing in it that breaks out of a header.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "refedge/utf8.h"
#include "tests/fuzz/origin_fixture.h"
#include "tests/fuzz/target.h"

namespace {

using namespace refedge;
using fuzz::require;

enum Part : std::size_t { kMethod, kPath, kQuery, kBody, kHost, kPageOrigin, kAuthorization, kAttribution, kNumParts };

// Codes, ids and tokens are random: an input says which it means.
std::string with_code(std::string_view text, const std::string& code) {
  constexpr std::string_view kMark = "$CODE";
  std::string out(text);
  const std::size_t at = out.find(kMark);
  return at == std::string::npos ? out : out.replace(at, kMark.size(), code);
}

void authorize(origin::Request& request, std::string_view who, const origin::Market& market) {
  request.authorization = request.auth_id = request.auth_token = who;
  if (who == "market") request.auth_id = market.market_id;
  if (who == "market") request.auth_token = market.auth_token.view();
  if (who == "edge") request.authorization = "Bearer edge-token";
}

bool is_header_text(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

void check(const origin::Response& response) {
  require(response.status >= 200 && response.status < 500);
  require(is_header_text(response.content_type));
  for (const auto& [name, value] : response.headers) require(is_header_text(name) && is_header_text(value));
  if (response.content_type == "application/json") require(nlohmann::json::accept(response.body));
  require(is_valid_utf8(response.body));
}

}  // namespace

REFEDGE_FUZZ_TARGET(origin_request) {
  auto parts = fuzz::split_fields(input);
  parts.resize(kNumParts);
  // An HTTP parser lets no line break through, and the server no other bytes.
  if (!is_header_text(parts[kPageOrigin]) || !is_header_text(parts[kHost])) return;
  auto& origin = fuzz::origin_fixture();
  const std::string query = with_code(parts[kQuery], origin.code());
  const std::string body = with_code(parts[kBody], origin.code());
  origin::Request request = {.query = query, .body = body, .host = parts[kHost], .page_origin = parts[kPageOrigin],
                             .attribution = parts[kAttribution]};
  authorize(request, parts[kAuthorization], origin.market());
  check(origin.handle(parts[kMethod], parts[kPath], request));
}
