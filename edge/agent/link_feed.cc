#include "edge/agent/link_feed.h"

#include <nlohmann/json.hpp>

#include "refedge/share_code.h"

namespace refedge::edge {
namespace {

using Json = nlohmann::json;

// The member `key` when it is a text; null otherwise.
const std::string* text_of(const Json& object, const char* key) {
  const auto member = object.find(key);
  return member == object.end() ? nullptr : member->get_ptr<const std::string*>();
}

Result<FeedLink> parse_link(const Json& object) {
  if (!object.is_object()) return Errc::kInvalidField;
  const std::string* code = text_of(object, "code");
  if (code == nullptr || !is_share_code(*code)) return Error{Errc::kInvalidField, "code"};
  const std::string* market = text_of(object, "market_id");
  const auto market_id = parse_market_id(market == nullptr ? std::string_view() : *market);
  if (!market_id) return market_id.error();
  const std::string* location = text_of(object, "location");
  if (location == nullptr) return Error{Errc::kMissingField, "location"};
  const auto expires_at = object.find("expires_at");
  if (expires_at == object.end() || !expires_at->is_number_unsigned()) return Error{Errc::kInvalidField, "expires_at"};
  const auto active = object.find("active");
  if (active == object.end() || !active->is_boolean()) return Error{Errc::kInvalidField, "active"};

  FeedLink link{*code, *location, {}};
  link.record.market_id = *market_id;
  link.record.expires_at = expires_at->get<std::uint64_t>();
  link.record.state = active->get<bool>() ? LinkState::kActive : LinkState::kWithdrawn;

  LinkRecord whole = link.record;
  whole.location = link.location;
  if (const auto storable = encode_link_record(whole); !storable) return storable.error();
  return link;
}

std::string describe(std::size_t index, const Error& error) {
  std::string text = "links[" + std::to_string(index) + "]";
  if (!error.field.empty()) text.append(".").append(error.field);
  return text.append(": ").append(errc_name(error.code));
}

}  // namespace

Result<LinkPage> parse_link_page(std::string_view json) {
  const Json page = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (page.is_discarded() || !page.is_object()) return Errc::kInvalidJson;
  const auto links = page.find("links");
  if (links == page.end() || !links->is_array()) return Error{Errc::kInvalidField, "links"};
  const auto cursor = page.find("cursor");
  if (cursor == page.end() || !cursor->is_number_unsigned()) return Error{Errc::kInvalidField, "cursor"};
  const auto more = page.find("more");
  if (more == page.end() || !more->is_boolean()) return Error{Errc::kInvalidField, "more"};

  LinkPage parsed;
  parsed.cursor = cursor->get<std::uint64_t>();
  parsed.more = more->get<bool>();
  for (std::size_t i = 0; i < links->size(); ++i) {
    auto link = parse_link((*links)[i]);
    if (link) parsed.links.push_back(*std::move(link));
    else parsed.refused.push_back(describe(i, link.error()));
  }
  return parsed;
}

}  // namespace refedge::edge
