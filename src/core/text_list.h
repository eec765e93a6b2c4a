// Numbered texts in one constant. A table of views costs the modules more than the texts themselves. Private to src/core.
#pragma once

#include <cstddef>
#include <string_view>

namespace refedge {

// text_at gives text number `i`, from 0, of a list in which each text ends with a zero byte. Precondition: there are more
// than `i`.
[[nodiscard]] std::string_view text_at(const char* list, std::size_t i) noexcept;

// text_or_first is text_at for a number of which nobody vouches: the first text stands for those beyond `count`.
[[nodiscard]] inline std::string_view text_or_first(const char* list, std::size_t count, std::size_t i) noexcept {
  return text_at(list, i < count ? i : 0);
}

}  // namespace refedge
