#include "edge/visit/registrable_domain.h"

#include <gtest/gtest.h>

#include <string>

namespace refedge::edge {
namespace {

TEST(RegistrableDomain, follows_the_public_suffix_list) {
  const struct {
    const char* host;
    const char* domain;
  } kCases[] = {
      {"shop.example", "shop.example"},   {"www.shop.example", "shop.example"}, {"a.b.c.shop.example", "shop.example"},
      {"shop.co.uk", "shop.co.uk"},       {"www.shop.co.uk", "shop.co.uk"},     {"WWW.Shop.Co.UK", "shop.co.uk"},
      {"shop.example.", "shop.example"},  {"www.city.kobe.jp", "city.kobe.jp"}, {"a_b.shop.com", "shop.com"},
      {"me.github.io", "me.github.io"},   {"shop.github.io", "shop.github.io"}, {"www.shop.github.io", "shop.github.io"},
      {"go.shop.co.uk", "shop.co.uk"},   {"xn--85x722f.com.cn", "xn--85x722f.com.cn"},
  };
  for (const auto& one : kCases) EXPECT_EQ(registrable_domain(one.host), one.domain) << one.host;
}

TEST(RegistrableDomain, is_none_for_suffixes_single_labels_and_addresses) {
  for (const char* host : {"co.uk", "com", "github.io", "localhost", "LOCALHOST", "127.0.0.1", "192.0.2.1", "10.1", "2130706433", "[2001:db8::1]", "1.2.3.4.", "[::1]", "::1",
                           "0x7f.0x1", "1.0x7f", ""})
    EXPECT_EQ(registrable_domain(host), "") << host;
}

TEST(RegistrableDomain, is_none_for_what_is_no_host_name) {
  for (const char* host : {"shop..com", ".shop.com", "shop.com..", ".", "sh op.com", "shop.com;", "shop.com\r\nX: y",
                           "shop,com", "sh\xC3\xB6p.com", "shop.com/", "shop.com:80", "shop.\"com"})
    EXPECT_EQ(registrable_domain(host), "") << host;
  EXPECT_EQ(registrable_domain(std::string_view("shop\0.com", 9)), "");
}

TEST(RegistrableDomain, keeps_to_the_lengths_of_names) {
  EXPECT_EQ(registrable_domain(std::string(63, 'a') + ".com"), std::string(63, 'a') + ".com");
  EXPECT_EQ(registrable_domain(std::string(64, 'a') + ".com"), "");
  std::string host = "shop.com";
  while (host.size() < 252) host.insert(0, "a.");
  EXPECT_EQ(registrable_domain(host), "shop.com");
  EXPECT_EQ(registrable_domain("aa" + host), "");
}

}  // namespace
}  // namespace refedge::edge
