#include "refedge/preview.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace refedge {
namespace {

Preview minimal() { return {.url = "https://shop.example/r/k7", .title = "Ten off"}; }

std::ptrdiff_t count(std::string_view text, char c) { return std::count(text.begin(), text.end(), c); }

TEST(Preview, no_text_changes_the_page_s_structure) {
  std::string all;
  for (int c = 0x20; c < 0x7F; ++c) all += static_cast<char>(c);
  Preview preview = minimal();
  preview.description = preview.site_name = "plain";
  const std::string plain = *build_preview_page(preview);
  preview.title = preview.description = preview.site_name = all;
  const std::string page = *build_preview_page(preview);
  for (const char c : {'<', '>', '"', '\n'}) EXPECT_EQ(count(page, c), count(plain, c)) << c;
  EXPECT_EQ(count(page, '\''), 0);
}

TEST(Preview, holds_no_script_and_asks_not_to_be_indexed) {
  const std::string page = *build_preview_page(minimal());
  EXPECT_EQ(page.find("script"), std::string::npos);
  EXPECT_NE(page.find("<meta name=\"robots\" content=\"noindex\">"), std::string::npos);
}

TEST(Preview, leaves_out_what_is_not_known) {
  const std::string page = *build_preview_page(minimal());
  for (const char* name : {"description", "og:image", "og:site_name", "og:locale", "lang="}) {
    EXPECT_EQ(page.find(name), std::string::npos) << name;
  }
  EXPECT_NE(page.find("content=\"summary\""), std::string::npos);
}

TEST(Preview, names_the_field_at_fault) {
  Preview preview = minimal();
  preview.image_url = "http://shop.example/a.png";
  EXPECT_EQ(build_preview_page(preview).error(), (Error{Errc::kInvalidField, "image_url"}));
  preview.title = {};
  EXPECT_EQ(build_preview_page(preview).error(), (Error{Errc::kMissingField, "title"}));
}

}  // namespace
}  // namespace refedge
