// A link record: one value of the link table. Spec: docs/protocol.md#link-table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "edge/links/market_id.h"
#include "refedge/result.h"

namespace refedge::edge {

// Stored numbers, append-only.
enum class LinkState : std::uint8_t { kActive = 0, kWithdrawn = 1 };

struct LinkRecord {
  LinkState state = LinkState::kActive;
  MarketId market_id{};
  std::uint64_t expires_at = 0;  // Unix seconds; 0: never
  std::string_view location;     // absolute http or https URL of 0x21 to 0x7E, at most kMaxUrlLength bytes
};

inline constexpr std::size_t kLinkRecordHeaderLength = 28;  // everything before the location

// encode_link_record writes the stored form: kLinkRecordHeaderLength bytes and the location.
// Errors (field "location"): kTooLong over kMaxUrlLength; kInvalidField when it is no absolute http or https URL
// with a host, or holds a character outside 0x21 to 0x7E.
[[nodiscard]] Result<std::string> encode_link_record(const LinkRecord& record);

// decode_link_record reads the stored form; `location` points into `bytes`. It checks all that the redirect
// relies on, so that no stored byte can break out of a Location header.
// Errors: kUnsupportedVersion; kInvalidRecord (field "state", "location" or "").
[[nodiscard]] Result<LinkRecord> decode_link_record(std::string_view bytes);

// link_serves tells whether the link redirects at `now` (Unix seconds): active, and before its expiry.
[[nodiscard]] bool link_serves(const LinkRecord& record, std::uint64_t now) noexcept;

}  // namespace refedge::edge
