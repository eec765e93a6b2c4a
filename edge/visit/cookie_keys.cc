#include "edge/visit/cookie_keys.h"

#include <algorithm>
#include <array>
#include <utility>

#include "refedge/base64.h"
#include "refedge/limits.h"
#include "refedge/secret.h"

namespace refedge::edge {
namespace {

constexpr std::string_view kBlanks = " \t\r";

bool is_key_id(std::string_view text) noexcept {
  if (text.size() != 1) return false;
  const char c = text[0];
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// Takes the next word off `rest`; empty at its end.
std::string_view take_word(std::string_view& rest) noexcept {
  rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
  const std::string_view word = rest.substr(0, rest.find_first_of(kBlanks));
  rest.remove_prefix(word.size());
  return word;
}

}  // namespace

CookieKeys::~CookieKeys() {
  for (std::string& key : bytes_) wipe(key);
}

std::variant<CookieKeys, CookieKeysError> CookieKeys::parse(std::string_view text) {
  CookieKeys keys;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view wrong = keys.add_line(text.substr(0, end));
    if (!wrong.empty()) return CookieKeysError{line, std::string(wrong)};
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return keys;
}

// Gives what is wrong with the line, empty for nothing.
std::string_view CookieKeys::add_line(std::string_view line) {
  const std::string_view market_text = take_word(line);
  if (market_text.empty() || market_text.front() == '#') return {};
  const std::string_view id = take_word(line);
  const std::string_view encoded = take_word(line);
  if (encoded.empty() || !take_word(line).empty()) return "expected <market_id> <key id> <base64 key>";
  const auto market = parse_market_id(market_text);
  if (!market) return "the market id is no UUID";
  if (!is_key_id(id)) return "the key id must be one character of A-Z a-z 0-9 _ -";
  auto key = base64_decode(encoded);
  if (!key) return "the key is no base64";
  bytes_.push_back(*std::move(key));  // owned before it is judged, so that it is wiped in any case
  const std::string& bytes = bytes_.back();
  if (bytes.size() < kMinCookieKeyLength || bytes.size() > kMaxCookieKeyLength) return "the key must be 32 to 64 bytes";

  Ring& ring = ring_of(*market);
  const auto same_id = [&](const CookieKey& known) { return known.id == id[0]; };
  if (std::any_of(ring.keys.begin(), ring.keys.end(), same_id)) return "the market has a key of this id already";
  if (ring.keys.size() == kMaxCookieKeys) return "the market has 16 keys already";
  ring.keys.push_back({id[0], bytes});
  if (ring.keys.size() == 1) ring.signer = *CookieSigner::make(ring.keys.front());
  return {};
}

CookieKeys::Ring& CookieKeys::ring_of(const MarketId& market) {
  const auto at = std::lower_bound(rings_.begin(), rings_.end(), market,
                                   [](const Ring& ring, const MarketId& wanted) { return ring.market < wanted; });
  if (at != rings_.end() && at->market == market) return *at;
  return *rings_.insert(at, Ring{market, {}, {}});
}

const CookieKeys::Ring* CookieKeys::find(const MarketId& market) const noexcept {
  const auto at = std::lower_bound(rings_.begin(), rings_.end(), market,
                                   [](const Ring& ring, const MarketId& wanted) { return ring.market < wanted; });
  return at != rings_.end() && at->market == market ? &*at : nullptr;
}

std::span<const CookieKey> CookieKeys::ring(const MarketId& market) const noexcept {
  const Ring* found = find(market);
  return found == nullptr ? std::span<const CookieKey>() : std::span<const CookieKey>(found->keys);
}

const CookieSigner* CookieKeys::signer(const MarketId& market) const noexcept {
  const Ring* found = find(market);
  return found == nullptr ? nullptr : &*found->signer;
}

}  // namespace refedge::edge
