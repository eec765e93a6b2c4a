#include "edge/agent/link_feed.h"

#include <nlohmann/json.hpp>

#include "refedge/share_code.h"

namespace refedge::edge {
namespace {

using Json = nlohmann::json;

// A link's optional texts, by the object that they stand in.
struct TextMember {
  const char* name;
  std::string_view LinkPreview::*part;
};
constexpr TextMember kPreviewMembers[] = {{"title", &LinkPreview::title},
                                          {"description", &LinkPreview::description},
                                          {"image_url", &LinkPreview::image_url},
                                          {"site_name", &LinkPreview::site_name},
                                          {"locale", &LinkPreview::locale}};

// Reads the links of one page; what they point to goes into the page's texts.
class LinkReader {
 public:
  explicit LinkReader(LinkPage& page) noexcept : page_(page) {}

  Result<LinkChange> read(const Json& object) {
    if (!object.is_object()) return Errc::kInvalidField;
    LinkChange link;
    if (!read_text(object, "code", link.code) || !is_share_code(link.code)) return invalid("code");
    if (object.find("location") == object.end()) return Error{Errc::kMissingField, "location"};
    if (!read_text(object, "location", link.record.location)) return invalid("location");
    if (const char* field = read_rest(object, link.record)) return invalid(field);
    if (const auto storable = encode_link_record(link.record); !storable) return storable.error();
    return link;
  }

 private:
  static Error invalid(const char* field) { return {Errc::kInvalidField, field}; }

  // Gives the member at fault, null for none.
  const char* read_rest(const Json& object, LinkRecord& record) {
    std::string_view market;
    const auto market_id = read_text(object, "market_id", market) ? parse_market_id(market) : Errc::kInvalidField;
    if (!market_id) return "market_id";
    record.market_id = *market_id;
    const auto expires_at = object.find("expires_at");
    if (expires_at == object.end() || !expires_at->is_number_unsigned()) return "expires_at";
    record.expires_at = expires_at->get<std::uint64_t>();
    if (const char* field = read_state(object, record.state)) return field;
    if (!read_optional(object, "fallback", record.fallback)) return "fallback";
    return read_preview(object, record.preview);
  }

  static const char* read_state(const Json& object, LinkState& state) {
    const auto active = object.find("active");
    if (active == object.end() || !active->is_boolean()) return "active";
    const auto blocked = object.find("blocked");
    if (blocked != object.end() && !blocked->is_boolean()) return "blocked";
    state = active->get<bool>() ? LinkState::kActive : LinkState::kWithdrawn;
    if (blocked != object.end() && blocked->get<bool>()) state = LinkState::kBlocked;
    return nullptr;
  }

  const char* read_preview(const Json& object, LinkPreview& preview) {
    const auto member = object.find("preview");
    if (member == object.end()) return nullptr;
    if (!member->is_object()) return "preview";
    for (const TextMember& known : kPreviewMembers)
      if (!read_optional(*member, known.name, preview.*known.part)) return known.name;
    return nullptr;
  }

  // False when the member is there and no text.
  bool read_optional(const Json& object, const char* key, std::string_view& text) {
    return object.find(key) == object.end() || read_text(object, key, text);
  }

  bool read_text(const Json& object, const char* key, std::string_view& text) {
    const auto member = object.find(key);
    if (member == object.end() || !member->is_string()) return false;
    text = page_.texts.emplace_back(member->get<std::string>());
    return true;
  }

  LinkPage& page_;
};

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
  LinkReader reader(parsed);
  for (std::size_t i = 0; i < links->size(); ++i) {
    const auto link = reader.read((*links)[i]);
    if (link) parsed.links.push_back(*link);
    else parsed.refused.push_back(describe(i, link.error()));
  }
  return parsed;
}

}  // namespace refedge::edge
