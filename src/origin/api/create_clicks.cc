#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "origin/api/answers.h"
#include "origin/api/edge_access.h"
#include "origin/api/endpoints.h"
#include "refedge/click_id.h"
#include "refedge/result.h"
#include "refedge/share_code.h"

namespace refedge::origin {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxClicks = 1000;
constexpr std::uint64_t kMaxUnixMs = 1ULL << 48;  // what a click id can hold

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool is_digit = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
    if (is_dash ? text[i] != '-' : !is_digit) return false;
  }
  return true;
}

std::optional<VisitVerdict> find_verdict(std::string_view name) {
  constexpr std::array<VisitVerdict, 5> kVerdicts = {VisitVerdict::kHuman, VisitVerdict::kBot,
                                                     VisitVerdict::kUnfurler, VisitVerdict::kPrefetch,
                                                     VisitVerdict::kHead};
  for (const VisitVerdict verdict : kVerdicts) {
    if (visit_verdict_name(verdict) == name) return verdict;
  }
  return std::nullopt;
}

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::optional<std::int64_t> milliseconds_of(const Json& object) {
  const auto found = object.find("at_ms");
  if (found == object.end() || !found->is_number_unsigned()) return std::nullopt;
  const auto value = found->get<std::uint64_t>();
  if (value >= kMaxUnixMs) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

Result<Click> read_click(const Json& json) {
  if (!json.is_object()) return Error{Errc::kInvalidField, ""};
  Click click{.market_id = text_of(json, "market_id"),
              .click_id = text_of(json, "click_id"),
              .code = text_of(json, "code")};
  const auto at_ms = milliseconds_of(json);
  const auto verdict = find_verdict(text_of(json, "verdict"));
  if (!is_click_id(click.click_id)) return Error{Errc::kInvalidField, "click_id"};
  if (!is_share_code(click.code)) return Error{Errc::kInvalidField, "code"};
  if (!is_uuid(click.market_id)) return Error{Errc::kInvalidField, "market_id"};
  if (!at_ms) return Error{Errc::kInvalidField, "at_ms"};
  if (!verdict) return Error{Errc::kInvalidField, "verdict"};
  click.at_ms = *at_ms;
  click.verdict = *verdict;
  return click;
}

Error locate(const Error& error, std::size_t index) {
  std::string place = "clicks[" + std::to_string(index) + "]";
  return {error.code, error.field.empty() ? std::move(place) : place + "." + error.field};
}

Result<std::vector<Click>> read_clicks(std::string_view body) {
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object()) return Error{Errc::kInvalidJson, ""};
  const auto list = json.find("clicks");
  if (list == json.end()) return Error{Errc::kMissingField, "clicks"};
  if (!list->is_array()) return Error{Errc::kInvalidField, "clicks"};
  if (list->size() > kMaxClicks) return Error{Errc::kTooMany, "clicks"};
  std::vector<Click> clicks;
  for (const Json& item : *list) {
    auto click = read_click(item);
    if (!click) return locate(click.error(), clicks.size());
    clicks.push_back(std::move(*click));
  }
  return clicks;
}

std::size_t store_clicks(Context& context, const std::vector<Click>& clicks) {
  const std::int64_t now = context.now();
  std::size_t accepted = 0;
  Transaction transaction(context.store);
  for (const Click& click : clicks) {
    if (context.store.clicks().add(click, now)) ++accepted;
  }
  transaction.commit();
  return accepted;
}

}  // namespace

Reply create_clicks(const Request& request, Context& context) {
  if (!is_edge(request, context)) return unauthorized();
  const auto clicks = read_clicks(request.body);
  if (!clicks) return refusal(clicks.error());
  const std::size_t accepted = store_clicks(context, *clicks);
  return json_answer(200, "{\"accepted\":" + std::to_string(accepted) +
                              ",\"duplicates\":" + std::to_string(clicks->size() - accepted) + "}");
}

}  // namespace refedge::origin
