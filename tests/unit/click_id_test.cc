#include "refedge/click_id.h"

#include <gtest/gtest.h>

#include <set>

namespace refedge {
namespace {

TEST(ClickId, the_example_of_rfc_9562) {
  EXPECT_EQ(make_click_id(0x017F22E279B0, {0x0C, 0xC3, 0x98, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F}),
            "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(ClickId, later_ids_sort_later) {
  std::string before = make_click_id(0, {255, 255, 255, 255, 255, 255, 255, 255, 255, 255});
  for (std::uint64_t ms = 1; ms < (1ULL << 48); ms = ms * 3 + 1) {
    const std::string id = make_click_id(ms, {});
    EXPECT_LT(before, id);
    before = id;
  }
}

TEST(ClickId, seventy_four_bits_count) {
  std::set<std::string> ids;
  for (std::size_t bit = 0; bit < 80; ++bit) {
    std::array<std::uint8_t, 10> random{};
    random[bit / 8] = static_cast<std::uint8_t>(0x80 >> (bit % 8));
    ids.insert(make_click_id(1, random));
  }
  EXPECT_EQ(ids.size(), 75U);
}

TEST(ClickId, what_is_made_is_an_id) {
  EXPECT_TRUE(is_click_id(make_click_id(0, {})));
  EXPECT_TRUE(
      is_click_id(make_click_id((1ULL << 48) - 1, {255, 255, 255, 255, 255, 255, 255, 255, 255, 255})));
}

TEST(ClickId, other_forms_are_refused) {
  const std::string id = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
  ASSERT_TRUE(is_click_id(id));
  for (std::size_t i = 0; i < id.size(); ++i) {
    for (const char wrong : {'g', '-', 'A', ' ', '\0'}) {
      if (id[i] == wrong) continue;
      std::string other = id;
      other[i] = wrong;
      EXPECT_FALSE(is_click_id(other)) << other;
    }
  }
  for (const std::string_view other :
       {"", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
        "017f22e2-79b0-4cc3-98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-78c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-c8c4-dc0c0c07398f", "017f22e279b07cc398c4dc0c0c07398f"}) {
    EXPECT_FALSE(is_click_id(other)) << other;
  }
}

}  // namespace
}  // namespace refedge
