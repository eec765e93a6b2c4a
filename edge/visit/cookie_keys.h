// The cookie keys file: which keys sign and verify each market's cookies. Spec: docs/protocol.md#cookies.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "edge/links/market_id.h"
#include "refedge/cookie.h"
#include "refedge/cookie_signer.h"

namespace refedge::edge {

// What is wrong with a keys file, and where. The message holds no part of a key.
struct CookieKeysError {
  std::size_t line = 0;  // counted from 1
  std::string message;
};

class CookieKeys {
 public:
  // parse reads the content of a keys file: lines of `<market_id> <key id> <base64 of 32 to 64 bytes>`, blanks between,
  // CR LF or LF; empty lines and lines that begin with '#' are passed over. An empty file is a valid one.
  // Errors: a line with more or fewer fields; a market id, key id or key of another form; a key id that the market has
  // already; more than kMaxCookieKeys keys of one market.
  [[nodiscard]] static std::variant<CookieKeys, CookieKeysError> parse(std::string_view text);

  CookieKeys() = default;
  CookieKeys(CookieKeys&&) noexcept = default;
  CookieKeys& operator=(CookieKeys&&) = delete;
  ~CookieKeys();  // wipes the keys

  // ring gives the market's keys, the signing key first; empty for a market without keys. Valid as long as this object
  // stands where it is.
  [[nodiscard]] std::span<const CookieKey> ring(const MarketId& market) const noexcept;

  // signer gives the ring's signing key, ready to sign; null for a market without keys. Valid as long as ring's are.
  [[nodiscard]] const CookieSigner* signer(const MarketId& market) const noexcept;

 private:
  struct Ring {
    MarketId market{};
    std::vector<CookieKey> keys;
    std::optional<CookieSigner> signer;  // of the first key; there from the first key on
  };

  [[nodiscard]] std::string_view add_line(std::string_view line);
  [[nodiscard]] const Ring* find(const MarketId& market) const noexcept;
  [[nodiscard]] Ring& ring_of(const MarketId& market);

  std::deque<std::string> bytes_;  // a deque: the rings' views stay valid as it grows
  std::vector<Ring> rings_;        // sorted by market
};

}  // namespace refedge::edge
