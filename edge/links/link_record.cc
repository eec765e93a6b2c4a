#include "edge/links/link_record.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

#include "refedge/limits.h"
#include "refedge/preview.h"

namespace refedge::edge {
namespace {

constexpr std::uint8_t kPlainVersion = 1;     // header and location
constexpr std::uint8_t kExtendedVersion = 2;  // and fields
constexpr std::size_t kStateAt = 1;
constexpr std::size_t kMarketAt = 2;
constexpr std::size_t kExpiresAt = 18;
constexpr std::size_t kLengthAt = 26;

static_assert(std::endian::native == std::endian::little);

// By one load: a redirect reads a record's numbers each time.
template <class Number>
Number load_le(std::string_view bytes, std::size_t at) noexcept {
  Number value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

void append_le(std::string& out, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
}

// Without an early exit, so that the compiler makes vector code of it.
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

Error check_url(std::string_view url, const char* field) {
  if (url.size() > kMaxUrlLength) return {Errc::kTooLong, field};
  return is_location(url) ? Error{} : Error{Errc::kInvalidField, field};
}

// A preview is what makes a page; which text may be in it is the page's business.
Error check_preview(const LinkPreview& preview) {
  constexpr std::string_view kSomeLink = "https://a.example/";
  const bool is_empty = preview.title.empty() && preview.description.empty() && preview.image_url.empty() &&
                        preview.site_name.empty() && preview.locale.empty();
  if (is_empty) return {};
  const auto page = build_preview_page({kSomeLink, preview.title, preview.description, preview.image_url,
                                        preview.site_name, preview.locale});
  return page ? Error{} : page.error();
}

// The fields of version 2 by their tags, which are stored numbers, append-only: tag 1 is the first.
constexpr std::size_t kNumFields = 6;
std::array<std::string_view*, kNumFields> fields_of(LinkRecord& record) noexcept {
  LinkPreview& preview = record.preview;
  return {&record.fallback,   &preview.title,     &preview.description,
          &preview.image_url, &preview.site_name, &preview.locale};
}

std::string encode_fields(LinkRecord record) {
  std::string out;
  const auto fields = fields_of(record);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i]->empty()) continue;
    append_le(out, i + 1, 1);
    append_le(out, fields[i]->size(), 2);
    out.append(*fields[i]);
  }
  return out;
}

// Tags rise, so that none stands twice.
bool decode_fields(std::string_view bytes, LinkRecord& record) noexcept {
  if (bytes.empty()) return true;
  constexpr std::size_t kFieldHeader = 3;
  const auto fields = fields_of(record);
  std::uint64_t last_tag = 0;
  while (!bytes.empty()) {
    if (bytes.size() < kFieldHeader) return false;
    const std::uint64_t tag = load_le<std::uint8_t>(bytes, 0);
    const std::size_t length = load_le<std::uint16_t>(bytes, 1);
    bytes.remove_prefix(kFieldHeader);
    if (tag <= last_tag || length == 0 || bytes.size() < length) return false;
    if (tag <= fields.size()) *fields[tag - 1] = bytes.substr(0, length);
    bytes.remove_prefix(length);
    last_tag = tag;
  }
  return true;
}

}  // namespace

Result<std::string> encode_link_record(const LinkRecord& record) {
  if (const Error wrong = check_url(record.location, "location"); wrong.code != Errc::kOk) return wrong;
  if (!record.fallback.empty())
    if (const Error wrong = check_url(record.fallback, "fallback"); wrong.code != Errc::kOk) return wrong;
  if (const Error wrong = check_preview(record.preview); wrong.code != Errc::kOk) return wrong;
  std::string fields = encode_fields(record);
  const bool is_plain = fields.empty() && record.state <= LinkState::kWithdrawn;
  std::string out;
  out.reserve(kLinkRecordHeaderLength + record.location.size() + fields.size());
  append_le(out, is_plain ? kPlainVersion : kExtendedVersion, 1);
  append_le(out, static_cast<std::uint8_t>(record.state), 1);
  out.append(record.market_id.begin(), record.market_id.end());
  append_le(out, record.expires_at, 8);
  append_le(out, record.location.size(), 2);
  return out.append(record.location).append(fields);
}

Result<LinkRecord> reread_link_record(std::string_view bytes) {
  if (bytes.empty()) return Errc::kInvalidRecord;
  const std::uint64_t version = load_le<std::uint8_t>(bytes, 0);
  if (version != kPlainVersion && version != kExtendedVersion) return Errc::kUnsupportedVersion;
  if (bytes.size() < kLinkRecordHeaderLength) return Errc::kInvalidRecord;

  const std::uint64_t state = load_le<std::uint8_t>(bytes, kStateAt);
  const LinkState last = version == kPlainVersion ? LinkState::kWithdrawn : LinkState::kBlocked;
  if (state > static_cast<std::uint8_t>(last)) return Error{Errc::kInvalidRecord, "state"};

  LinkRecord record;
  record.state = static_cast<LinkState>(state);
  std::copy_n(bytes.begin() + kMarketAt, record.market_id.size(), record.market_id.begin());
  record.expires_at = load_le<std::uint64_t>(bytes, kExpiresAt);
  const std::size_t length = load_le<std::uint16_t>(bytes, kLengthAt);
  const std::string_view rest = bytes.substr(kLinkRecordHeaderLength);
  if (rest.size() < length || (version == kPlainVersion && rest.size() != length)) return Errc::kInvalidRecord;
  record.location = rest.substr(0, length);
  if (length > kMaxUrlLength) return Error{Errc::kInvalidRecord, "location"};
  if (!decode_fields(rest.substr(length), record)) return Errc::kInvalidRecord;
  return record;
}

Result<LinkRecord> decode_link_record(std::string_view bytes) {
  const auto record = reread_link_record(bytes);
  if (!record) return record;
  if (!is_location(record->location)) return Error{Errc::kInvalidRecord, "location"};
  if (record->fallback.empty() || is_location(record->fallback)) return record;
  return Error{Errc::kInvalidRecord, "fallback"};
}

bool link_serves(const LinkRecord& record, std::uint64_t now) noexcept {
  return record.state == LinkState::kActive && (record.expires_at == 0 || now < record.expires_at);
}

}  // namespace refedge::edge
