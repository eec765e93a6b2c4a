// A link record: one value of the link table. Spec: docs/protocol.md#link-table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "edge/links/market_id.h"
#include "refedge/result.h"

namespace refedge::edge {

// Stored numbers, append-only.
enum class LinkState : std::uint8_t {
  kActive = 0,
  kWithdrawn = 1,  // its campaign or referrer has ended it
  kBlocked = 2,    // blacklisted: abused, or never to be served again
};

// What an unfurler is shown instead of a redirect; UTF-8, empty where nothing is known. Without a title there is none.
struct LinkPreview {
  std::string_view title{};
  std::string_view description{};
  std::string_view image_url{};  // https alone
  std::string_view site_name{};
  std::string_view locale{};
};

struct LinkRecord {
  LinkState state = LinkState::kActive;
  MarketId market_id{};
  std::uint64_t expires_at = 0;  // Unix seconds; 0: never
  std::string_view location;     // absolute http or https URL of 0x21 to 0x7E, at most kMaxUrlLength bytes
  std::string_view fallback;     // where the friend is sent when the link does not serve: such a URL, or empty
  LinkPreview preview{};
};

inline constexpr std::size_t kLinkRecordHeaderLength = 28;  // everything before the location

// encode_link_record writes the stored form: kLinkRecordHeaderLength bytes, the location, and in version 2 the fields
// that are not empty. A record that version 1 can hold is written as one.
// Errors: of "location" and "fallback" kTooLong over kMaxUrlLength; kInvalidField when it is no absolute http or https
// URL with a host, or holds a character outside 0x21 to 0x7E. Of the preview those of build_preview_page (field "title",
// "description", "image_url", "site_name", "locale"); kMissingField (field "title") when another part is there alone.
[[nodiscard]] Result<std::string> encode_link_record(const LinkRecord& record);

// decode_link_record reads either version; the views point into `bytes`. It checks all that the redirect
// relies on, so that no stored byte can break out of a Location header. The preview's text is not checked:
// build_preview_page does. Fields of a tag that this build does not know are passed over.
// Errors: kUnsupportedVersion; kInvalidRecord (field "state", "location", "fallback" or "").
[[nodiscard]] Result<LinkRecord> decode_link_record(std::string_view bytes);

// reread_link_record reads bytes again that decode_link_record has accepted, without a look at each character of their
// URLs. Errors: as decode_link_record, of the form alone.
[[nodiscard]] Result<LinkRecord> reread_link_record(std::string_view bytes);

// link_serves tells whether the link redirects at `now` (Unix seconds): active, and before its expiry.
[[nodiscard]] bool link_serves(const LinkRecord& record, std::uint64_t now) noexcept;

}  // namespace refedge::edge
