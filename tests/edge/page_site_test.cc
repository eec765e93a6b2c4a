#include "edge/visit/page_site.h"

#include <gtest/gtest.h>

namespace refedge::edge {
namespace {

TEST(PageSite, pages_of_the_registrable_domain_and_below_belong_to_it) {
  for (const char* page : {"https://shop.example", "http://shop.example", "https://www.shop.example:8443",
                           "https://a.b.shop.example", "https://BP.Shop.Example"})
    EXPECT_TRUE(is_page_of_site(page, "bp.shop.example")) << page;
  EXPECT_TRUE(is_page_of_site("https://www.shop.co.uk", "bp.shop.co.uk"));
  EXPECT_TRUE(is_page_of_site("http://shop.localhost:8080", "bp.shop.localhost"));
}

TEST(PageSite, others_do_not) {
  for (const char* page :
       {"", "null", "https://", "shop.example", "ftp://shop.example", "https://evilshop.example",
        "https://shop.example.evil.example", "https://shop.example/path", "https://x@shop.example",
        "https://example", "https://shop.example#", "https://.shop.example.evil"})
    EXPECT_FALSE(is_page_of_site(page, "bp.shop.example")) << page;
  EXPECT_FALSE(is_page_of_site("https://other.co.uk", "bp.shop.co.uk"));
}

TEST(PageSite, an_address_or_a_single_label_stands_for_itself) {
  EXPECT_TRUE(is_page_of_site("http://127.0.0.1:8080", "127.0.0.1"));
  EXPECT_FALSE(is_page_of_site("http://27.0.0.1", "127.0.0.1"));
  EXPECT_TRUE(is_page_of_site("http://[::1]:80", "[::1]"));
  EXPECT_TRUE(is_page_of_site("http://localhost:3000", "localhost"));
  EXPECT_FALSE(is_page_of_site("http://1.127.0.0.1", "127.0.0.1"));
  EXPECT_FALSE(is_page_of_site("http://shop.example", ""));
}

}  // namespace
}  // namespace refedge::edge
