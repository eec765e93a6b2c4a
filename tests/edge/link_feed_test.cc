#include "edge/agent/link_feed.h"

#include <gtest/gtest.h>

#include <string>

namespace refedge::edge {
namespace {

const std::string kLink = R"({"code":"k7","market_id":"00112233-4455-6677-8899-aabbccddeeff",)"
                          R"("location":"https://shop.example/?ref=k7","expires_at":17,"active":true})";

std::string page(const std::string& links, const std::string& rest = R"("cursor":17,"more":false)") {
  return R"({"links":[)" + links + "]," + rest + "}";
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(LinkFeed, reads_a_page) {
  const auto read = parse_link_page(page(kLink, R"("cursor":18446744073709551615,"more":true)"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->cursor, 18446744073709551615u);
  EXPECT_TRUE(read->more);
  ASSERT_EQ(read->links.size(), 1u);
  EXPECT_EQ(read->links[0].code, "k7");
  EXPECT_EQ(read->links[0].record.location, "https://shop.example/?ref=k7");
  EXPECT_EQ(read->links[0].record.expires_at, 17u);
  EXPECT_EQ(read->links[0].record.state, LinkState::kActive);
  EXPECT_EQ(read->links[0].record.market_id[15], 0xFF);
  EXPECT_TRUE(read->refused.empty());
}

TEST(LinkFeed, reads_a_withdrawn_link_and_ignores_members_it_does_not_know) {
  const auto read = parse_link_page(page(with(kLink, "true", R"(false,"new":1)")));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->links.size(), 1u);
  EXPECT_EQ(read->links[0].record.state, LinkState::kWithdrawn);
}

TEST(LinkFeed, reads_the_optional_members) {
  const auto read = parse_link_page(page(with(
      kLink, "true", R"(true,"blocked":true,"fallback":"https://shop.example/ended","preview":{"title":"10 off",)"
                     R"("description":"d","image_url":"https://shop.example/og.png","site_name":"Shop","locale":"en"})")));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->links.size(), 1u);
  const LinkRecord& record = read->links[0].record;
  EXPECT_EQ(record.state, LinkState::kBlocked);
  EXPECT_EQ(record.fallback, "https://shop.example/ended");
  EXPECT_EQ(record.preview.title, "10 off");
  EXPECT_EQ(record.preview.description, "d");
  EXPECT_EQ(record.preview.image_url, "https://shop.example/og.png");
  EXPECT_EQ(record.preview.site_name, "Shop");
  EXPECT_EQ(record.preview.locale, "en");
}

TEST(LinkFeed, leaves_out_a_link_with_an_optional_member_of_another_kind) {
  for (const auto& [member, field] : {std::pair{R"("blocked":1)", "blocked"}, {R"("fallback":null)", "fallback"},
                                      {R"("fallback":"/x")", "fallback"}, {R"("preview":"x")", "preview"},
                                      {R"("preview":{"title":1})", "title"}, {R"("preview":{"locale":"en"})", "title"}}) {
    const auto read = parse_link_page(page(with(kLink, "true", std::string("true,") + member)));
    ASSERT_TRUE(read) << member;
    EXPECT_TRUE(read->links.empty()) << member;
    ASSERT_EQ(read->refused.size(), 1u) << member;
    EXPECT_EQ(read->refused[0].substr(0, read->refused[0].find(':')), std::string("links[0].") + field);
  }
}

TEST(LinkFeed, an_empty_page_is_one) {
  const auto read = parse_link_page(page(""));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->links.empty());
}

TEST(LinkFeed, refuses_what_is_no_page) {
  for (const char* text : {"", "null", "[]", "{", "<html>", "\xFF"}) {
    const auto read = parse_link_page(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, Errc::kInvalidJson) << text;
  }
  const struct {
    std::string text;
    const char* field;
  } kCases[] = {{R"({"cursor":1,"more":false})", "links"},
                {R"({"links":{},"cursor":1,"more":false})", "links"},
                {page("", R"("more":false)"), "cursor"},
                {page("", R"("cursor":-1,"more":false)"), "cursor"},
                {page("", R"("cursor":"1","more":false)"), "cursor"},
                {page("", R"("cursor":1.5,"more":false)"), "cursor"},
                {page("", R"("cursor":1)"), "more"},
                {page("", R"("cursor":1,"more":0)"), "more"}};
  for (const auto& one : kCases) {
    const auto read = parse_link_page(one.text);
    ASSERT_FALSE(read) << one.text;
    EXPECT_EQ(read.error().field, one.field) << one.text;
  }
}

TEST(LinkFeed, leaves_out_a_link_that_the_table_cannot_hold_and_names_it) {
  const struct {
    std::string link;
    const char* reason;
  } kCases[] = {
      {"1", "links[1]: invalid_field"},
      {with(kLink, "k7", "no code"), "links[1].code: invalid_field"},
      {with(kLink, R"("code":"k7",)", ""), "links[1].code: invalid_field"},
      {with(kLink, "0011", "001"), "links[1].market_id: invalid_field"},
      {with(kLink, "https://shop", "ftp://shop"), "links[1].location: invalid_field"},
      {with(kLink, "https://shop", "https://sh\\u00f6p"), "links[1].location: invalid_field"},
      {with(kLink, "?ref", "?\\r\\nSet-Cookie:"), "links[1].location: invalid_field"},
      {with(kLink, "?ref=k7", std::string(8192, 'x')), "links[1].location: too_long"},
      {with(kLink, R"("location":"https://shop.example/?ref=k7",)", ""), "links[1].location: missing_field"},
      {with(kLink, "17", "-17"), "links[1].expires_at: invalid_field"},
      {with(kLink, "true", "1"), "links[1].active: invalid_field"},
  };
  for (const auto& one : kCases) {
    const auto read = parse_link_page(page(kLink + "," + one.link + "," + kLink));
    ASSERT_TRUE(read) << one.link;
    EXPECT_EQ(read->links.size(), 2u) << one.link;
    EXPECT_EQ(read->refused, std::vector<std::string>{one.reason});
  }
}

}  // namespace
}  // namespace refedge::edge
