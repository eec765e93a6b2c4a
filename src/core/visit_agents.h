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
  std::string_view text;  // lower case
};

// Letters of both cases fall together, and with some digits and signs, which only costs a comparison.
[[nodiscard]] constexpr unsigned fold_agent(char c) noexcept { return static_cast<unsigned char>(c) & 31; }

// For each folded first character of an anchor: the folded second ones as bits, and where its words begin.
struct AgentIndex {
  std::array<std::uint32_t, 32> seconds{};
  std::array<std::uint8_t, 33> begin{};
};

template <std::size_t N>
[[nodiscard]] consteval AgentIndex index_agents(const AgentWord (&words)[N]) {
  static_assert(N < 256);
  AgentIndex index;
  std::size_t i = 0;
  for (unsigned first = 0; first < 32; ++first) {
    index.begin[first] = static_cast<std::uint8_t>(i);
    for (; i < N && fold_agent(words[i].text[words[i].anchor]) == first; ++i) {
      index.seconds[first] |= 1U << fold_agent(words[i].text[words[i].anchor + 1]);
    }
  }
  index.begin[32] = static_cast<std::uint8_t>(i);
  return index;
}

}  // namespace refedge
