#include "edge/links/link_record.h"

#include <algorithm>
#include <cstddef>

#include "refedge/limits.h"

namespace refedge::edge {
namespace {

constexpr std::uint8_t kRecordVersion = 1;
constexpr std::size_t kStateAt = 1;
constexpr std::size_t kMarketAt = 2;
constexpr std::size_t kExpiresAt = 18;
constexpr std::size_t kLengthAt = 26;

std::uint64_t load_le(std::string_view bytes, std::size_t at, std::size_t width) noexcept {
  std::uint64_t value = 0;
  for (std::size_t i = width; i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
  return value;
}

void append_le(std::string& out, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
}

// Without an early exit, so that the compiler makes vector code of it: this runs on every redirect.
bool is_printable(std::string_view text) noexcept {
  unsigned bad = 0;
  for (const char c : text) bad |= static_cast<unsigned>(static_cast<std::uint8_t>(c - 0x21) > 0x7E - 0x21);
  return bad == 0;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view lower) noexcept {
  if (text.size() < lower.size()) return false;
  return std::equal(lower.begin(), lower.end(), text.begin(),
                    [](char want, char have) { return want == (have >= 'A' && have <= 'Z' ? have + 32 : have); });
}

bool is_absolute_http(std::string_view url) noexcept {
  std::size_t host_at = 0;
  if (starts_with_ignoring_case(url, "https://")) host_at = 8;
  else if (starts_with_ignoring_case(url, "http://")) host_at = 7;
  if (host_at == 0 || url.size() == host_at) return false;
  return std::string_view("/?#").find(url[host_at]) == std::string_view::npos;
}

bool is_location(std::string_view text) noexcept { return is_absolute_http(text) && is_printable(text); }

}  // namespace

Result<std::string> encode_link_record(const LinkRecord& record) {
  if (record.location.size() > kMaxUrlLength) return Error{Errc::kTooLong, "location"};
  if (!is_location(record.location)) return Error{Errc::kInvalidField, "location"};
  std::string out;
  out.reserve(kLinkRecordHeaderLength + record.location.size());
  append_le(out, kRecordVersion, 1);
  append_le(out, static_cast<std::uint8_t>(record.state), 1);
  out.append(record.market_id.begin(), record.market_id.end());
  append_le(out, record.expires_at, 8);
  append_le(out, record.location.size(), 2);
  out.append(record.location);
  return out;
}

Result<LinkRecord> decode_link_record(std::string_view bytes) {
  if (bytes.empty()) return Errc::kInvalidRecord;
  if (load_le(bytes, 0, 1) != kRecordVersion) return Errc::kUnsupportedVersion;
  if (bytes.size() < kLinkRecordHeaderLength) return Errc::kInvalidRecord;

  const std::uint64_t state = load_le(bytes, kStateAt, 1);
  if (state > static_cast<std::uint8_t>(LinkState::kWithdrawn)) return Error{Errc::kInvalidRecord, "state"};

  LinkRecord record;
  record.state = static_cast<LinkState>(state);
  std::copy_n(bytes.begin() + kMarketAt, record.market_id.size(), record.market_id.begin());
  record.expires_at = load_le(bytes, kExpiresAt, 8);
  record.location = bytes.substr(kLinkRecordHeaderLength);
  if (record.location.size() != load_le(bytes, kLengthAt, 2)) return Errc::kInvalidRecord;
  if (record.location.size() > kMaxUrlLength || !is_location(record.location))
    return Error{Errc::kInvalidRecord, "location"};
  return record;
}

bool link_serves(const LinkRecord& record, std::uint64_t now) noexcept {
  return record.state == LinkState::kActive && (record.expires_at == 0 || now < record.expires_at);
}

}  // namespace refedge::edge
