#include "edge/spool/click_payload.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <memory>
#include <string>

namespace refedge::edge {
namespace {

constexpr Click kClick{"0190f1c4-8a9b-7c3d-8e4f-0123456789ab", "k7x2m9qpt4bd", "00112233-4455-6677-8899-aabbccddeeff",
                       1718000000123, VisitVerdict::kHuman};

std::string encoded(const Click& click) {
  std::array<char, kMaxClickPayload> buffer{};
  const auto length = encode_click(click, buffer);
  EXPECT_TRUE(length);
  return length ? std::string(buffer.data(), *length) : std::string();
}

// Decodes from a heap buffer of exactly the size, so that a sanitizer sees one byte of over-reading.
Error error_of(const std::string& payload) {
  const std::unique_ptr<char[]> exact(new char[payload.size()]);
  std::copy(payload.begin(), payload.end(), exact.get());
  const auto click = decode_click({exact.get(), payload.size()});
  return click ? Error{} : click.error();
}

TEST(ClickPayload, has_the_documented_layout) {
  using namespace std::string_literals;
  EXPECT_EQ(encoded(kClick), "\x01\x01"
                             "\x24\0"s "0190f1c4-8a9b-7c3d-8e4f-0123456789ab"
                             "\x0c\0"s "k7x2m9qpt4bd"
                             "\x24\0"s "00112233-4455-6677-8899-aabbccddeeff"
                             "\x0d\0"s "1718000000123"
                             "\x05\0"s "human");
}

TEST(ClickPayload, gives_back_every_verdict_and_time) {
  for (const auto verdict : {VisitVerdict::kHuman, VisitVerdict::kBot, VisitVerdict::kUnfurler, VisitVerdict::kPrefetch,
                             VisitVerdict::kHead}) {
    for (const std::uint64_t at_ms : {std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()}) {
      Click click = kClick;
      click.verdict = verdict;
      click.at_ms = at_ms;
      const std::string payload = encoded(click);
      const auto read = decode_click(payload);
      ASSERT_TRUE(read);
      EXPECT_EQ(read->verdict, verdict);
      EXPECT_EQ(read->at_ms, at_ms);
      EXPECT_EQ(read->click_id, click.click_id);
      EXPECT_EQ(read->code, click.code);
      EXPECT_EQ(read->market_id, click.market_id);
    }
  }
}

TEST(ClickPayload, the_longest_click_fits_and_one_byte_less_is_refused) {
  Click click = kClick;
  const std::string code(32, 'x');
  click.code = code;
  click.at_ms = std::numeric_limits<std::uint64_t>::max();
  click.verdict = VisitVerdict::kPrefetch;
  const std::string payload = encoded(click);
  std::string buffer(payload.size(), '\0');
  EXPECT_TRUE(encode_click(click, buffer));
  buffer.pop_back();
  const auto refused = encode_click(click, buffer);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), (Error{Errc::kTooLong, "click"}));
}

TEST(ClickPayload, is_refused_when_cut_at_any_byte_or_longer) {
  const std::string payload = encoded(kClick);
  EXPECT_EQ(error_of(payload).code, Errc::kOk);
  for (std::size_t n = 0; n < payload.size(); ++n)
    EXPECT_EQ(error_of(payload.substr(0, n)).code, Errc::kInvalidRecord) << n;
  EXPECT_EQ(error_of(payload + "x").code, Errc::kInvalidRecord);
}

TEST(ClickPayload, is_refused_in_another_version_or_kind) {
  std::string payload = encoded(kClick);
  payload[0] = 2;
  EXPECT_EQ(error_of(payload).code, Errc::kUnsupportedVersion);
  payload = encoded(kClick);
  payload[1] = 2;
  EXPECT_EQ(error_of(payload).code, Errc::kInvalidRecord);
}

TEST(ClickPayload, names_the_field_that_is_none) {
  Click click = kClick;
  click.click_id = "0190f1c4-8a9b-4c3d-8e4f-0123456789ab";
  EXPECT_EQ(error_of(encoded(click)), (Error{Errc::kInvalidField, "click_id"}));
  click = kClick;
  click.code = "";
  EXPECT_EQ(error_of(encoded(click)), (Error{Errc::kInvalidField, "code"}));
  click = kClick;
  click.market_id = "00112233-4455-6677-8899-aabbccddeefg";
  EXPECT_EQ(error_of(encoded(click)), (Error{Errc::kInvalidField, "market_id"}));

  std::string payload = encoded(kClick);
  payload.replace(payload.find("human"), 5, "HUMAN");
  EXPECT_EQ(error_of(payload), (Error{Errc::kInvalidField, "verdict"}));
  for (const char* digits : {"-718", "+718", "0718"}) {
    payload = encoded(kClick);
    payload.replace(payload.find("1718"), 4, digits);
    EXPECT_EQ(error_of(payload), (Error{Errc::kInvalidField, "at_ms"})) << digits;
  }
}

}  // namespace
}  // namespace refedge::edge
