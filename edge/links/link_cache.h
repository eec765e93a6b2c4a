// Where in a link table's map the records stand that were found before: LMDB's descent of a tree of a million
// links misses the processor's caches a dozen times, this once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>

namespace refedge::edge {

// Every entry belongs to one version of the table and is found for that version alone: whatever is committed
// makes all older entries unfindable at once, and nothing has to be invalidated. The cache holds no copies,
// 32 bytes an entry. Who uses what was found must know that the version is still the latest: see
// LinkTableReader.
class LinkCache {
 public:
  static constexpr std::size_t kMinEntries = std::size_t{1} << 10;  // 32 KiB
  static constexpr std::size_t kMaxEntries = std::size_t{1} << 20;  // 32 MiB
  static constexpr std::size_t kMaxCode = 16;  // longer codes are not remembered; refedge makes 12 characters
  static constexpr std::size_t kMaxRecord = 0xFFFF;  // nor are longer records

  LinkCache() : sets_(allocate(num_sets_)) {}

  // make_room_for gives a table of `links` links an entry each, within the bounds above. It never shrinks;
  // growing forgets everything. Throws std::bad_alloc, when nothing is changed.
  void make_room_for(std::size_t links);
  [[nodiscard]] std::size_t num_entries() const noexcept { return num_sets_ * kWays; }

  // expect has the part of the cache brought from memory where `code` (any text) would be. A hint.
  void expect(std::string_view code) const noexcept;

  // find gives the record that was put for `code` (any text) and `version`, if it is still there.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view code, std::uint64_t version) noexcept;

  // put remembers where a record stands. An empty or too long code or record is passed over.
  void put(std::string_view code, std::uint64_t version, std::string_view record) noexcept;

  // clear forgets everything: for when the map moves.
  void clear() noexcept;

 private:
  static constexpr std::size_t kWays = 2;

  struct Entry {
    std::uint64_t head = 0;  // of the code, which is padded with zeros
    std::uint64_t tail = 0;
    std::uint64_t record : 56 = 0;      // an address: user space has at most 56 bits
    std::uint64_t code_length : 8 = 0;  // 0: empty
    std::uint64_t version : 48 = 0;     // of LMDB's 64: ten thousand commits a second would take 900 years
    std::uint64_t record_length : 16 = 0;
  };
  // A cache line. The second entry gives way to a new code, and takes the first one's place when it is asked
  // for again.
  struct alignas(64) Set {
    std::array<Entry, kWays> entries;
  };
  static_assert(sizeof(Set) == 64);

  [[nodiscard]] static bool fits(std::string_view code) noexcept {
    return !code.empty() && code.size() <= kMaxCode;
  }
  [[nodiscard]] static Entry key_of(std::string_view code) noexcept;
  [[nodiscard]] static bool is_same_code(const Entry& a, const Entry& b) noexcept {
    return ((a.head ^ b.head) | (a.tail ^ b.tail)) == 0 && a.code_length == b.code_length;
  }
  [[nodiscard]] std::size_t set_of(const Entry& key) const noexcept;

  struct FreeSets {
    void operator()(Set* sets) const noexcept { std::free(sets); }
  };
  using Sets = std::unique_ptr<Set[], FreeSets>;
  [[nodiscard]] static Sets allocate(std::size_t count);

  std::size_t num_sets_ = kMinEntries / kWays;  // a power of two
  Sets sets_;
};

}  // namespace refedge::edge
