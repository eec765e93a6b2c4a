#include "refedge/destination.h"

#include <gtest/gtest.h>

#include <string>

#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr std::string_view kLocation = "https://shop.example/p?ref=k7&bp_e=AA%3D#top";
constexpr DestinationRule kAll = {Passthrough::kAll, Precedence::kVisitor};

std::string build(std::string_view location, std::string_view query, DestinationRule rule = kAll) {
  std::string buffer;
  return std::string(build_destination(location, query, rule, buffer));
}

TEST(Destination, is_the_location_itself_when_nothing_is_added) {
  std::string buffer;
  for (const char* query : {"", "?", "#a", "ref=x", "?utm_a=%zz", "&&", "a=1"}) {
    EXPECT_EQ(build_destination(kLocation, query, {}, buffer).data(), kLocation.data()) << query;
  }
  EXPECT_EQ(build_destination(kLocation, "utm_a=1", {Passthrough::kNone}, buffer).data(), kLocation.data());
}

TEST(Destination, without_a_query_does_not_touch_the_buffer) {
  std::string buffer;
  (void)build_destination(kLocation, "", kAll, buffer);
  EXPECT_EQ(buffer.capacity(), std::string().capacity());
}

TEST(Destination, overwrites_what_the_buffer_held) {
  std::string buffer = "old";
  EXPECT_EQ(build_destination("https://s/", "utm_a=1", {}, buffer), "https://s/?utm_a=1");
  EXPECT_EQ(build_destination("https://s/", "utm_b=2", {}, buffer), "https://s/?utm_b=2");
}

// Every byte, as it stands and encoded, in a name and in a value: host, path, fragment and the link's own
// parameters stay, and the result is a location again.
TEST(Destination, no_byte_breaks_out) {
  const char* hex = "0123456789abcdef";
  for (int c = 0; c < 256; ++c) {
    const std::string raw(1, static_cast<char>(c));
    const std::string encoded = std::string("%") + hex[c / 16] + hex[c % 16];
    for (const std::string& byte : {raw, encoded}) {
      for (const std::string& query : {"utm_" + byte + "x=1", "utm_x=1" + byte + "ref=evil",
                                       byte + "ref=evil", "re" + byte + "f=evil"}) {
        const std::string url = build(kLocation, query);
        EXPECT_TRUE(is_location(url)) << c;
        EXPECT_TRUE(url.starts_with("https://shop.example/p?ref=k7&bp_e=AA%3D")) << url;
        EXPECT_TRUE(url.ends_with("#top")) << url;
        EXPECT_EQ(url.find("&ref="), std::string::npos) << url;
      }
    }
  }
}

TEST(Destination, tells_locations_from_other_texts) {
  for (const char* text : {"https://a", "http://a/b?c#d", "HTTPS://A", "https://[::1]/"})
    EXPECT_TRUE(is_location(text)) << text;
  for (const char* text : {"", "https:/a", "https:a", "https://", "https:///", "https://?", "https://#", "/a",
                           "//a", "ftp://a", "https://a b", "https://a\n"}) {
    EXPECT_FALSE(is_location(text)) << text;
  }
  EXPECT_TRUE(is_location("https://" + std::string(kMaxUrlLength - 8, 'a')));
  EXPECT_FALSE(is_location("https://" + std::string(kMaxUrlLength - 7, 'a')));
}

TEST(Destination, bounds_the_work_of_a_hostile_query) {
  std::string query;
  while (query.size() < kMaxUrlLength - 4) query += "a&";
  const std::string url = build(kLocation, query);
  EXPECT_EQ(url.size(), kLocation.size() + 2 * kMaxVisitorParams);
}

}  // namespace
}  // namespace refedge
