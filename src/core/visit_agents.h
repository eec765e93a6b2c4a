// How the words of visit_words.h are laid out for a single pass over a user agent. Private to src/core.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace refedge {

enum class AgentKind : std::uint8_t {
  kHides,     // hides another word (a phone called Cubot)
  kBot,       // names a program
  kApp,       // names an application, which makes previews unless it shows a page to a person
  kUnfurler,  // makes previews of links
};

// A word is found by the pair of characters at its anchor, which is rare in people's agents. Words whose
// anchors begin alike stand together, longer ones first: the first that matches counts.
struct AgentWord {
  AgentKind kind;
  std::uint8_t anchor;
  std::string_view text;  // lower case, at most 63 characters
};

// Letters of both cases fall together, and with some digits and signs, which only costs a comparison.
[[nodiscard]] constexpr unsigned fold_agent(char c) noexcept { return static_cast<unsigned char>(c) & 31; }

// The words one after the other, each as kind and length in a byte, the anchor in another, and the text:
// pointers would cost the module as much again.
template <std::size_t Size>
struct AgentTable {
  std::array<char, Size> packed{};
  std::array<std::uint32_t, 32>
      seconds{};  // for each folded first character of an anchor: the second ones as bits
  std::array<std::uint16_t, 33> begin{};  // and where its words begin
};

template <std::size_t N>
[[nodiscard]] consteval std::size_t packed_size(const AgentWord (&words)[N]) {
  std::size_t size = 0;
  for (const AgentWord& word : words) size += 2 + word.text.size();
  return size;
}

template <std::size_t Size, std::size_t N>
[[nodiscard]] consteval AgentTable<Size> pack_agents(const AgentWord (&words)[N]) {
  AgentTable<Size> table;
  std::size_t at = 0;
  std::size_t i = 0;
  for (unsigned first = 0; first < 32; ++first) {
    table.begin[first] = static_cast<std::uint16_t>(at);
    for (; i < N && fold_agent(words[i].text[words[i].anchor]) == first; ++i) {
      table.seconds[first] |= 1U << fold_agent(words[i].text[words[i].anchor + 1]);
      table.packed[at++] =
          static_cast<char>(static_cast<unsigned>(words[i].kind) << 6 | words[i].text.size());
      table.packed[at++] = static_cast<char>(words[i].anchor);
      for (const char c : words[i].text) table.packed[at++] = c;
    }
  }
  table.begin[32] = static_cast<std::uint16_t>(at);
  return table;
}

}  // namespace refedge
