#include "refedge/click_id_text.h"

#include <gtest/gtest.h>

#include <string>

#include "refedge/click_id.h"

namespace refedge {
namespace {

// One text form, made in two places: by the same bytes, or clicks and cookies would not meet.
TEST(ClickIdText, is_what_make_click_id_makes) {
  std::array<std::uint8_t, 10> random{};
  std::uint64_t state = 1;
  for (int i = 0; i < 10'000; ++i) {
    for (auto& byte : random) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      byte = static_cast<std::uint8_t>(state >> 56);
    }
    const std::uint64_t unix_ms = state >> 16;
    const ClickIdText text = format_click_id(unix_ms, random);
    ASSERT_EQ(std::string(text.data(), text.size()), make_click_id(unix_ms, random));
  }
}

}  // namespace
}  // namespace refedge
