#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "origin/api/answers.h"
#include "origin/api/edge_access.h"
#include "origin/api/endpoints.h"
#include "origin/api/take_conversion.h"
#include "refedge/click_id.h"
#include "refedge/result.h"

namespace refedge::origin {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxConversions = 100;
constexpr std::uint64_t kMaxUnixMs = 1ULL << 48;  // what an id can hold

struct EdgeConversion {
  std::string conversion_id;
  std::string attribution;
  std::string body;
  std::int64_t arrived_at = 0;
};

bool is_text(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string();
}

Result<EdgeConversion> read_conversion(const Json& json) {
  if (!json.is_object()) return Error{Errc::kInvalidField, ""};
  for (const char* key : {"conversion_id", "content_type", "attribution", "body"}) {
    if (!is_text(json, key)) return Error{Errc::kInvalidField, key};
  }
  const auto at_ms = json.find("at_ms");
  if (at_ms == json.end() || !at_ms->is_number_unsigned() || at_ms->get<std::uint64_t>() >= kMaxUnixMs) {
    return Error{Errc::kInvalidField, "at_ms"};
  }
  EdgeConversion conversion{.conversion_id = json["conversion_id"],
                            .attribution = json["attribution"],
                            .body = json["body"],
                            .arrived_at = static_cast<std::int64_t>(at_ms->get<std::uint64_t>() / 1000)};
  if (!is_click_id(conversion.conversion_id)) return Error{Errc::kInvalidField, "conversion_id"};
  return conversion;
}

Error locate(const Error& error, std::size_t index) {
  std::string place = "conversions[" + std::to_string(index) + "]";
  return {error.code, error.field.empty() ? std::move(place) : place + "." + error.field};
}

Result<std::vector<EdgeConversion>> read_conversions(std::string_view body) {
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object()) return Error{Errc::kInvalidJson, ""};
  const auto list = json.find("conversions");
  if (list == json.end()) return Error{Errc::kMissingField, "conversions"};
  if (!list->is_array()) return Error{Errc::kInvalidField, "conversions"};
  if (list->size() > kMaxConversions) return Error{Errc::kTooMany, "conversions"};
  std::vector<EdgeConversion> conversions;
  for (const Json& item : *list) {
    auto conversion = read_conversion(item);
    if (!conversion) return locate(conversion.error(), conversions.size());
    conversions.push_back(std::move(*conversion));
  }
  return conversions;
}

nlohmann::ordered_json result_json(const EdgeConversion& conversion, const Response& response) {
  return {{"conversion_id", conversion.conversion_id},
          {"status", response.status},
          {"answer", nlohmann::ordered_json::parse(response.body)}};
}

// One transaction for all: the disk is waited for once, and after a failure the edge sends all again.
nlohmann::ordered_json store_conversions(Context& context, const std::vector<EdgeConversion>& conversions) {
  auto results = nlohmann::ordered_json::array();
  bool has_referrals = false;
  Transaction transaction(context.store);
  for (const EdgeConversion& conversion : conversions) {
    // An edge whose clock is ahead must not date an order into the future.
    const std::int64_t arrived_at = std::min(conversion.arrived_at, context.now());
    const TakenConversion taken =
        take_conversion(context, {conversion.body, conversion.attribution, arrived_at},
                        [&](const Market& market, const TrackRequest& order) {
                          return track_within(transaction, context.store, market, order);
                        });
    has_referrals = has_referrals || taken.has_referral;
    results.push_back(result_json(conversion, taken.response));
  }
  transaction.commit();
  if (has_referrals) context.tell_change();
  return results;
}

}  // namespace

Reply create_edge_conversions(const Request& request, Context& context) {
  if (!is_edge(request, context)) return unauthorized();
  const auto conversions = read_conversions(request.body);
  if (!conversions) return refusal(conversions.error());
  const auto results = store_conversions(context, *conversions);
  return json_answer(200, nlohmann::ordered_json({{"results", results}}).dump());
}

}  // namespace refedge::origin
