#include "edge/visit/cookie_keys.h"

#include <gtest/gtest.h>

#include <string>

#include "refedge/base64.h"
#include "refedge/limits.h"

namespace refedge::edge {
namespace {

constexpr const char* kMarket = "00112233-4455-6677-8899-aabbccddeeff";
constexpr const char* kOther = "ffffffff-4455-6677-8899-aabbccddeeff";

std::string line(const std::string& market, const std::string& id, std::size_t key_length = 32, char fill = 'k') {
  return market + " " + id + " " + base64_encode(std::string(key_length, fill)) + "\n";
}

CookieKeys parsed(const std::string& text) {
  auto keys = CookieKeys::parse(text);
  if (const auto* error = std::get_if<CookieKeysError>(&keys)) {
    ADD_FAILURE() << "line " << error->line << ": " << error->message;
    return {};
  }
  return std::get<CookieKeys>(std::move(keys));
}

// "<line>: <message>", or "accepted".
std::string error_of(const std::string& text) {
  const auto keys = CookieKeys::parse(text);
  const auto* error = std::get_if<CookieKeysError>(&keys);
  return error == nullptr ? "accepted" : std::to_string(error->line) + ": " + error->message;
}

TEST(CookieKeys, keeps_each_markets_keys_in_the_order_of_the_file) {
  const auto keys = parsed("# refedge market keys\r\n\n" + line(kOther, "z", 64, 'o') + line(kMarket, "b", 32, '1') +
                           "  \t\n" + line(kMarket, "a", 33, '2'));
  const auto ring = keys.ring(*parse_market_id(kMarket));
  ASSERT_EQ(ring.size(), 2u);
  EXPECT_EQ(ring[0].id, 'b');
  EXPECT_EQ(ring[0].key, std::string(32, '1'));
  EXPECT_EQ(ring[1].id, 'a');
  EXPECT_EQ(ring[1].key, std::string(33, '2'));
  EXPECT_EQ(keys.ring(*parse_market_id(kOther)).size(), 1u);
  EXPECT_TRUE(keys.ring(MarketId{}).empty());
}

// The first line of a market signs, wherever the others stand.
TEST(CookieKeys, each_market_signs_with_its_first_key) {
  CookieKeys parsed_keys = parsed(line(kOther, "z", 64, 'o') + line(kMarket, "b", 32, '1') + line(kMarket, "a", 33, '2'));
  const CookieKeys keys(std::move(parsed_keys));
  const auto signed_by = [&](const char* market) {
    std::array<char, kMaxSignedCookieLength> out{};
    return std::string(out.data(), keys.signer(*parse_market_id(market))->sign("k7", {}, 1, out));
  };
  const std::string ones(32, '1');
  const std::string os(64, 'o');
  EXPECT_EQ(signed_by(kMarket), *sign_cookie({"k7", "", 1}, {'b', ones}));
  EXPECT_EQ(signed_by(kOther), *sign_cookie({"k7", "", 1}, {'z', os}));
  EXPECT_EQ(keys.signer(MarketId{}), nullptr);
}

TEST(CookieKeys, the_keys_move_with_their_owner) {
  auto keys = parsed(line(kMarket, "a"));
  const CookieKeys moved(std::move(keys));
  ASSERT_EQ(moved.ring(*parse_market_id(kMarket)).size(), 1u);
  EXPECT_EQ(moved.ring(*parse_market_id(kMarket))[0].key, std::string(32, 'k'));
}

TEST(CookieKeys, an_empty_file_and_a_last_line_without_a_break_are_fine) {
  EXPECT_EQ(error_of(""), "accepted");
  EXPECT_EQ(error_of("\n\n#\n"), "accepted");
  std::string text = line(kMarket, "a");
  text.pop_back();
  EXPECT_EQ(parsed(text).ring(*parse_market_id(kMarket)).size(), 1u);
}

TEST(CookieKeys, names_the_line_and_what_is_wrong_with_it) {
  const std::string good = line(kMarket, "a");
  const std::string shape = "expected <market_id> <key id> <base64 key>";
  EXPECT_EQ(error_of(good + kMarket + " b\n"), "2: " + shape);
  EXPECT_EQ(error_of(good + "\n" + kMarket + "\n"), "3: " + shape);
  EXPECT_EQ(error_of(std::string(kMarket) + " a " + base64_encode(std::string(32, 'k')) + " more\n"), "1: " + shape);
  EXPECT_EQ(error_of(good + line("market", "a")), "2: the market id is no UUID");
  for (const char* id : {"ab", ".", "+", "\xC3"})
    EXPECT_EQ(error_of(line(kMarket, id)), "1: the key id must be one character of A-Z a-z 0-9 _ -") << id;
  EXPECT_EQ(error_of(std::string(kMarket) + " a !!!!\n"), "1: the key is no base64");
  EXPECT_EQ(error_of(good + line(kMarket, "a", 32, 'x')), "2: the market has a key of this id already");
}

TEST(CookieKeys, takes_keys_of_32_to_64_bytes) {
  EXPECT_EQ(error_of(line(kMarket, "a", kMinCookieKeyLength - 1)), "1: the key must be 32 to 64 bytes");
  EXPECT_EQ(error_of(line(kMarket, "a", kMinCookieKeyLength)), "accepted");
  EXPECT_EQ(error_of(line(kMarket, "a", kMaxCookieKeyLength)), "accepted");
  EXPECT_EQ(error_of(line(kMarket, "a", kMaxCookieKeyLength + 1)), "1: the key must be 32 to 64 bytes");
}

TEST(CookieKeys, takes_16_keys_of_a_market) {
  std::string text;
  for (std::size_t i = 0; i < kMaxCookieKeys; ++i) text += line(kMarket, std::string(1, static_cast<char>('a' + i)));
  EXPECT_EQ(error_of(text), "accepted");
  EXPECT_EQ(error_of(text + line(kOther, "a")), "accepted");
  EXPECT_EQ(error_of(text + line(kMarket, "z")), "17: the market has 16 keys already");
}

}  // namespace
}  // namespace refedge::edge
