// Where in a link table's map the records stand that were found last: clicks follow Zipf's law, so that a few thousand
// links get most of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "refedge/limits.h"

namespace refedge::edge {

// Every entry belongs to one version of the table and is found for that version alone: whatever is committed
// makes all older entries unfindable at once, and nothing has to be invalidated. The cache holds no copies, 64 bytes an
// entry, 4 MiB in all. Who uses what was found must know that the version is still the latest: see LinkTableReader.
class LinkCache {
 public:
  LinkCache() : sets_(kSets) {}

  // find gives the record that was put for `code` (any text) and `version`, if it is still there.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view code, std::uint64_t version) noexcept;

  // put remembers a record of at most 4 GiB. A code that is empty or over kMaxShareCodeLength is not remembered.
  void put(std::string_view code, std::uint64_t version, std::string_view record) noexcept;

  // clear forgets everything: for when the map moves.
  void clear() noexcept { sets_.assign(kSets, Set{}); }

  static constexpr std::size_t kSets = std::size_t{1} << 15;
  static constexpr std::size_t kWays = 2;

 private:
  using Words = std::array<std::uint64_t, kMaxShareCodeLength / 8>;  // a code, padded with zeros

  struct alignas(64) Entry {
    Words code{};
    std::uint64_t version = 0;
    const char* record = nullptr;
    std::uint32_t record_length = 0;
    std::uint32_t code_length = 0;  // 0: empty

    [[nodiscard]] bool is_for(const Words& words, std::size_t length) const noexcept {
      return code_length == length && code == words;
    }
  };
  using Set = std::array<Entry, kWays>;  // the first was asked for again, the second once

  [[nodiscard]] static Words pad(std::string_view code) noexcept;
  [[nodiscard]] Set& set_of(const Words& words) noexcept;

  std::vector<Set> sets_;
};

}  // namespace refedge::edge
