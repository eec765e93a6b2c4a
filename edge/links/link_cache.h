// Copies of the link records that a process found lately. LMDB's descent of a tree of a million links waits for
// memory a dozen times, a look here once or twice: docs/decisions/0098-remembered-copies.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace refedge::edge {

// A table of sets of 2 KiB. A set lies within one page of memory and holds as many links as fit, packed: first,
// in one line of the processor's cache, which links they are and where they begin, then codes and records. One thread's.
class LinkCache {
 public:
  static constexpr std::size_t kMinBytes = std::size_t{1} << 20;  // kMinLinkMemory
  static constexpr std::size_t kMaxCode = 32;      // longer codes are not remembered; a share code has at most 32
  static constexpr std::size_t kMaxRecord = 1600;  // bytes; nor are longer records

  // A cache of at most `max_bytes` (at least kMinBytes), which takes as much as make_room_for asks for, kMinBytes to
  // begin with. Throws std::bad_alloc.
  explicit LinkCache(std::size_t max_bytes);
  LinkCache(const LinkCache&) = delete;
  LinkCache& operator=(const LinkCache&) = delete;
  ~LinkCache();

  // make_room_for lets the cache grow to hold a link table of `table_bytes`, within the bounds above. It never shrinks;
  // growing forgets everything. False: it stays as it is, also where there is no memory.
  bool make_room_for(std::size_t table_bytes) noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept { return num_sets_ * sizeof(Set); }

  // expect and expect_record are hints that find(code) comes soon, for any text: the first has what tells the links of
  // its set brought from memory, the second, called when that is there, the record.
  void expect(std::string_view code) const noexcept;
  void expect_record(std::string_view code) const noexcept;

  // find gives the record that was put for `code` (any text), if it is still there: valid until the next call that is
  // not const. What is found gives way later than what is not.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view code) noexcept;

  // put remembers a copy of a record, in place of an older one of that code. An empty or too long code or record is
  // passed over; and where another link would have to go, so are all but every kAdmitted-th, so that many links which are
  // asked for once do not cost those that are asked for often.
  static constexpr std::uint32_t kAdmitted = 4;
  void put(std::string_view code, std::string_view record) noexcept;

  // add is put, but for a code that is there already or a record for which another would have to go: false for the latter.
  bool add(std::string_view code, std::string_view record) noexcept;

  // forget drops one link, clear all of them; both any number of times.
  void forget(std::string_view code) noexcept;
  void clear() noexcept { ++epoch_; }

 private:
  static constexpr std::size_t kSetBytes = 2048;
  static constexpr std::size_t kMaxLinks = 13;  // of a set: what is told of them in its first line

  // Which links: a link's tag is a part of its code's hash.
  struct Set {
    std::array<std::uint16_t, kMaxLinks> tags;
    std::array<std::uint16_t, kMaxLinks + 1> bounds;  // where each link's bytes begin, and where those before it end
    std::uint16_t found;  // a bit for each link: whether it was found
    std::uint32_t epoch;  // another one than the cache's: the set is empty
    std::uint16_t count;
    std::uint16_t reserved;
    std::array<char, kSetBytes - 64> bytes;  // for each link: the code's length, the code, the record

    [[nodiscard]] std::size_t size() const noexcept { return bounds[count]; }
    [[nodiscard]] std::string_view bytes_of(std::size_t link) const noexcept {
      return {bytes.data() + bounds[link], static_cast<std::size_t>(bounds[link + 1] - bounds[link])};
    }
    // links_of gives a bit for each link of that tag: hardly ever more than one.
    [[nodiscard]] std::uint32_t links_of(std::uint16_t tag) const noexcept;
    [[nodiscard]] bool has_room(std::size_t length) const noexcept {
      return count < kMaxLinks && size() + length <= bytes.size();
    }
    void make_room(std::size_t length) noexcept;
    void append(std::uint16_t tag, std::string_view code, std::string_view record) noexcept;
    void remove(std::size_t link) noexcept;
  };
  static_assert(sizeof(Set) == kSetBytes);
  static_assert(1 + kMaxCode + kMaxRecord <= sizeof(Set::bytes));

  // Where a code's link is or would be.
  struct Place {
    Set* set;
    std::uint16_t tag;
  };

  [[nodiscard]] static bool fits(std::string_view code) noexcept { return !code.empty() && code.size() <= kMaxCode; }
  [[nodiscard]] static bool fits(std::string_view code, std::string_view record) noexcept {
    return fits(code) && !record.empty() && record.size() <= kMaxRecord;
  }
  [[nodiscard]] Place place_of(std::string_view code) const noexcept;
  [[nodiscard]] std::optional<std::size_t> link_of(const Place& place, std::string_view code) const noexcept;
  void empty_if_stale(Set& set) const noexcept;
  [[nodiscard]] bool allocate(std::size_t num_sets) noexcept;
  void release() noexcept;

  std::size_t max_sets_;
  std::size_t num_sets_ = 0;
  Set* sets_ = nullptr;
  void* mapping_ = nullptr;
  std::size_t mapped_bytes_ = 0;
  std::uint32_t epoch_ = 1;  // fresh memory is of epoch 0
  std::uint32_t num_crowded_ = 0;  // puts that found no room
};

}  // namespace refedge::edge
