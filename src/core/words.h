// Names of the values 1, 2, 3 of an enumeration, in one text separated by blanks: tables of views cost
// WebAssembly twice as much. Private to src/core and src/capi.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/take_until.h"

namespace refedge {

// word_at gives the word for `number`, from 1; empty beyond the last.
inline std::string_view word_at(std::string_view words, std::size_t number) noexcept {
  std::string_view word;
  for (std::size_t i = 0; i < number; ++i) word = take_until(words, ' ');
  return word;
}

// number_of gives the number of `word`, from 1; 0 when it is not among them.
inline std::uint8_t number_of(std::string_view words, std::string_view word) noexcept {
  for (std::uint8_t number = 1; !words.empty(); ++number) {
    if (take_until(words, ' ') == word) return number;
  }
  return 0;
}

}  // namespace refedge
