#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "origin/api/answers.h"
#include "origin/api/edge_access.h"
#include "origin/api/endpoints.h"
#include "origin/api/query_number.h"

namespace refedge::origin {
namespace {

constexpr std::int64_t kMaxLinks = 1000;
constexpr std::int64_t kMaxWaitSeconds = 25;

struct FeedQuery {
  std::int64_t after = 0;
  std::int64_t limit = kMaxLinks;
  std::int64_t wait_seconds = 0;
};

Result<FeedQuery> parse_feed_query(std::string_view query) {
  const auto after = query_number(query, "after", std::numeric_limits<std::int64_t>::max());
  if (!after) return after.error();
  const auto limit = query_number(query, "limit", kMaxLinks);
  if (!limit) return limit.error();
  if (*limit == 0) return Error{Errc::kInvalidField, "limit"};
  const auto wait = query_number(query, "wait_seconds", kMaxWaitSeconds);
  if (!wait) return wait.error();
  return FeedQuery{after->value_or(0), limit->value_or(kMaxLinks), wait->value_or(0)};
}

nlohmann::ordered_json preview_json(const LinkChange& change) {
  nlohmann::ordered_json json = {{"title", change.pages.preview_title}, {"locale", change.locale}};
  if (!change.pages.preview_description.empty()) json["description"] = change.pages.preview_description;
  if (!change.pages.preview_image_url.empty()) json["image_url"] = change.pages.preview_image_url;
  return json;
}

// The optional members are left out where there is nothing to say: most links are plain.
nlohmann::ordered_json link_json(const LinkChange& change) {
  const Link& link = change.link;
  nlohmann::ordered_json json = {{"code", link.code},
                                 {"market_id", link.market_id},
                                 {"location", link.location},
                                 {"expires_at", link.expires_at},
                                 {"active", link.is_active}};
  if (link.is_blocked) json["blocked"] = true;
  if (!change.pages.fallback_url.empty()) json["fallback"] = change.pages.fallback_url;
  if (!change.pages.preview_title.empty()) json["preview"] = preview_json(change);
  return json;
}

std::string feed_json(const std::vector<LinkChange>& changes, std::int64_t cursor, bool has_more) {
  auto links = nlohmann::ordered_json::array();
  for (const LinkChange& change : changes) links.push_back(link_json(change));
  return nlohmann::ordered_json({{"links", links}, {"cursor", cursor}, {"more", has_more}}).dump();
}

// One more than asked for is fetched: it tells whether there is more.
std::string page_json(std::vector<LinkChange> changes, std::int64_t limit) {
  const bool has_more = changes.size() > static_cast<std::size_t>(limit);
  if (has_more) changes.pop_back();
  return feed_json(changes, changes.back().cursor, has_more);
}

}  // namespace

Reply list_link_changes(const Request& request, Context& context) {
  if (!is_edge(request, context)) return unauthorized();
  const auto query = parse_feed_query(request.query);
  if (!query) return refusal(query.error());
  auto changes = context.store.links().changes(query->after, static_cast<std::size_t>(query->limit) + 1);
  if (!changes.empty()) return json_answer(200, page_json(std::move(changes), query->limit));
  const std::int64_t last = context.store.links().last_cursor();
  // The edge has seen more than there is: this store was restored from a backup, and the edge is to know at
  // once.
  if (query->after > last) return json_answer(200, feed_json({}, last, false));
  return {json_answer(200, feed_json({}, query->after, false)), std::chrono::seconds(query->wait_seconds)};
}

}  // namespace refedge::origin
