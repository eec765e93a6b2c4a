#include "edge/links/link_record.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "refedge/limits.h"

namespace refedge::edge {
namespace {

constexpr std::string_view kLocation = "https://shop.example/?ref=k7#top";

LinkRecord sample() {
  LinkRecord record;
  record.state = LinkState::kActive;
  for (std::size_t i = 0; i < record.market_id.size(); ++i) record.market_id[i] = static_cast<std::uint8_t>(i + 1);
  record.expires_at = 0x0102030405060708;
  record.location = kLocation;
  return record;
}

std::string encoded(const LinkRecord& record) {
  auto bytes = encode_link_record(record);
  EXPECT_TRUE(bytes);
  return bytes ? *bytes : std::string();
}

// Decodes from a heap buffer of exactly the size, so that a sanitizer sees one byte of over-reading.
Result<LinkState> decode_exact(const std::string& bytes) {
  const std::unique_ptr<char[]> exact(new char[bytes.size()]);
  std::copy(bytes.begin(), bytes.end(), exact.get());
  auto record = decode_link_record({exact.get(), bytes.size()});
  if (!record) return record.error();
  return record->state;
}

TEST(LinkRecord, has_the_documented_layout) {
  const std::string bytes = encoded(sample());
  const std::string head{"\x01\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10"
                         "\x08\x07\x06\x05\x04\x03\x02\x01\x20\x00", 28};
  EXPECT_EQ(bytes, head + std::string(kLocation));
}

TEST(LinkRecord, gives_back_what_was_stored) {
  for (const LinkState state : {LinkState::kActive, LinkState::kWithdrawn}) {
    LinkRecord record = sample();
    record.state = state;
    const std::string bytes = encoded(record);
    const auto read = decode_link_record(bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->state, state);
    EXPECT_EQ(read->market_id, record.market_id);
    EXPECT_EQ(read->expires_at, record.expires_at);
    EXPECT_EQ(read->location, record.location);
  }
}

TEST(LinkRecord, is_refused_when_cut_at_any_byte) {
  const std::string bytes = encoded(sample());
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    const auto read = decode_exact(bytes.substr(0, n));
    ASSERT_FALSE(read) << n;
    EXPECT_EQ(read.error().code, Errc::kInvalidRecord) << n;
  }
  EXPECT_TRUE(decode_exact(bytes));
}

TEST(LinkRecord, is_refused_with_bytes_left_over) {
  EXPECT_FALSE(decode_exact(encoded(sample()) + "x"));
}

TEST(LinkRecord, is_refused_in_another_version_or_state) {
  for (int value = 0; value < 256; ++value) {
    std::string version = encoded(sample());
    version[0] = static_cast<char>(value);
    const auto by_version = decode_exact(version);
    EXPECT_EQ(by_version.has_value(), value == 1 || value == 2);
    if (!by_version) { EXPECT_EQ(by_version.error().code, Errc::kUnsupportedVersion); }

    std::string state = encoded(sample());
    state[1] = static_cast<char>(value);
    const auto by_state = decode_exact(state);
    EXPECT_EQ(by_state.has_value(), value <= 1);
    if (!by_state) { EXPECT_EQ(by_state.error(), (Error{Errc::kInvalidRecord, "state"})); }
  }
}

TEST(LinkRecord, accepts_only_printable_characters_in_the_location) {
  for (int value = 0; value < 256; ++value) {
    const std::string location = "https://shop.example/" + std::string(1, static_cast<char>(value));
    LinkRecord record = sample();
    record.location = location;
    const bool printable = value >= 0x21 && value <= 0x7E;
    EXPECT_EQ(encode_link_record(record).has_value(), printable) << value;

    record.location = "https://shop.example/x";
    std::string bytes = encoded(record);
    bytes.back() = static_cast<char>(value);
    EXPECT_EQ(decode_exact(bytes).has_value(), printable) << value;
  }
}

TEST(LinkRecord, accepts_only_absolute_http_urls) {
  for (const char* good : {"http://a", "https://a", "HTTPS://A/", "https://a?b", "https://[::1]:8080/"}) {
    LinkRecord record = sample();
    record.location = good;
    EXPECT_TRUE(encode_link_record(record)) << good;
  }
  for (const char* bad : {"", "/", "//a", "a", "http:", "http:/a", "https://", "http:///x", "https://?a", "https://#a",
                          "ftp://a", "javascript:alert(1)", " https://a", "httpss://a"}) {
    LinkRecord record = sample();
    record.location = bad;
    const auto bytes = encode_link_record(record);
    ASSERT_FALSE(bytes) << bad;
    EXPECT_EQ(bytes.error(), (Error{Errc::kInvalidField, "location"})) << bad;
  }
}

TEST(LinkRecord, holds_a_location_up_to_the_limit) {
  std::string location = "https://shop.example/";
  location.resize(kMaxUrlLength, 'x');
  LinkRecord record = sample();
  record.location = location;
  EXPECT_TRUE(decode_exact(encoded(record)));

  location.push_back('x');
  record.location = location;
  const auto bytes = encode_link_record(record);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error(), (Error{Errc::kTooLong, "location"}));
}

LinkRecord extended_sample() {
  LinkRecord record = sample();
  record.state = LinkState::kBlocked;
  record.fallback = "https://shop.example/ended";
  record.preview = {"10 off for you", "From a friend", "https://shop.example/og.png", "Shop", "en-GB"};
  return record;
}

TEST(LinkRecord, of_version_2_has_the_documented_layout) {
  LinkRecord record = sample();
  record.location = "http://a";
  record.state = LinkState::kBlocked;
  record.fallback = "http://b";
  record.preview.title = "T";
  record.preview.locale = "en";
  const std::string bytes = encoded(record);
  EXPECT_EQ(bytes.substr(0, 2), std::string("\x02\x02", 2));
  EXPECT_EQ(bytes.substr(26), std::string("\x08\0http://a\x01\x08\0http://b\x02\x01\0T\x06\x02\0en", 30));
}

TEST(LinkRecord, of_version_2_gives_back_what_was_stored) {
  const LinkRecord record = extended_sample();
  const std::string bytes = encoded(record);
  const auto read = decode_link_record(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->state, LinkState::kBlocked);
  EXPECT_EQ(read->location, record.location);
  EXPECT_EQ(read->fallback, record.fallback);
  EXPECT_EQ(read->preview.title, record.preview.title);
  EXPECT_EQ(read->preview.description, record.preview.description);
  EXPECT_EQ(read->preview.image_url, record.preview.image_url);
  EXPECT_EQ(read->preview.site_name, record.preview.site_name);
  EXPECT_EQ(read->preview.locale, record.preview.locale);
}

TEST(LinkRecord, is_of_version_1_where_that_is_enough) {
  EXPECT_EQ(encoded(sample())[0], 1);
  LinkRecord record = sample();
  record.state = LinkState::kBlocked;
  EXPECT_EQ(encoded(record)[0], 2);
  record.state = LinkState::kWithdrawn;
  record.fallback = "http://b";
  EXPECT_EQ(encoded(record)[0], 2);
}

TEST(LinkRecord, of_version_2_is_refused_when_cut_inside_a_field) {
  const std::string bytes = encoded(extended_sample());
  const std::size_t at = kLinkRecordHeaderLength + kLocation.size();
  std::size_t whole = 0;  // cuts between two fields are records with fewer of them
  for (std::size_t n = 0; n < bytes.size(); ++n) whole += decode_exact(bytes.substr(0, n)).has_value() ? 1U : 0U;
  EXPECT_EQ(whole, 6u);
  EXPECT_TRUE(decode_exact(bytes.substr(0, at)));
  EXPECT_FALSE(decode_exact(bytes + "x"));
}

TEST(LinkRecord, of_version_2_passes_over_tags_of_a_later_build_alone) {
  const std::string bytes = encoded(extended_sample());
  EXPECT_TRUE(decode_exact(bytes + std::string("\x07\x01\0x", 4)));
  EXPECT_TRUE(decode_exact(bytes + std::string("\xff\x01\0x", 4)));
  EXPECT_FALSE(decode_exact(bytes + std::string("\x06\x01\0x", 4))) << "a tag twice";
  EXPECT_FALSE(decode_exact(bytes + std::string("\x01\x01\0x", 4))) << "a tag out of its order";
  EXPECT_FALSE(decode_exact(bytes + std::string("\x07\0\0", 3))) << "an empty field";
  EXPECT_FALSE(decode_exact(encoded(sample()) + std::string("\x07\x01\0x", 4))) << "version 1 has no fields";
}

TEST(LinkRecord, refuses_a_fallback_that_is_no_location) {
  for (const char* bad : {"/gone", "javascript:x", "https://a b"}) {
    LinkRecord record = sample();
    record.fallback = bad;
    const auto bytes = encode_link_record(record);
    ASSERT_FALSE(bytes) << bad;
    EXPECT_EQ(bytes.error(), (Error{Errc::kInvalidField, "fallback"})) << bad;
  }
  LinkRecord record = sample();
  record.fallback = "http://b";
  std::string bytes = encoded(record);
  bytes.back() = '\n';
  EXPECT_FALSE(decode_exact(bytes));
}

TEST(LinkRecord, refuses_a_preview_that_makes_no_page) {
  const struct {
    LinkPreview preview;
    Error error;
  } kCases[] = {{{.description = "no title"}, {Errc::kMissingField, "title"}},
                {{.title = "\xff"}, {Errc::kInvalidUtf8, "title"}},
                {{.title = "t", .image_url = "http://shop.example/plain.png"}, {Errc::kInvalidField, "image_url"}}};
  for (const auto& [preview, error] : kCases) {
    LinkRecord record = sample();
    record.preview = preview;
    const auto bytes = encode_link_record(record);
    ASSERT_FALSE(bytes);
    EXPECT_EQ(bytes.error(), error);
  }
}

TEST(LinkRecord, serves_until_the_second_of_its_expiry) {
  LinkRecord record = sample();
  record.expires_at = 100;
  EXPECT_TRUE(link_serves(record, 99));
  EXPECT_FALSE(link_serves(record, 100));
  record.expires_at = 0;
  EXPECT_TRUE(link_serves(record, 1'000'000'000'000));
  for (const LinkState state : {LinkState::kWithdrawn, LinkState::kBlocked}) {
    record.state = state;
    EXPECT_FALSE(link_serves(record, 0));
  }
}

}  // namespace
}  // namespace refedge::edge
