// Reading the link table: lock-free, in every nginx worker. Spec: docs/protocol.md#link-table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "edge/io_result.h"

namespace refedge::edge {

// What can be said of a table as a whole.
struct LinkTableInfo {
  std::uint64_t entries = 0;     // links, those that do not serve too
  std::uint64_t cursor = 0;      // of the feed, as the agent stored it last
  std::int64_t written_at = 0;   // Unix seconds: the last change on disk
};

inline constexpr std::size_t kMinLinkMemory = std::size_t{1} << 20;       // bytes
inline constexpr std::size_t kDefaultLinkMemory = std::size_t{128} << 20;  // bytes

// A read-only view of a link table that another process writes. One per process and directory (LMDB's locks
// belong to the process), opened after fork, used by one thread.
//
// The process needs read access to data.mdb and write access to lock.mdb, where readers announce themselves;
// the writer gives both to everybody who may enter the directory.
class LinkTableReader {
 public:
  // open maps the table. Errors: no directory, no table in it yet, no permission, a file that is no LMDB
  // environment, is cut short or of another version. Nothing is created and nothing waits. Links that were found are
  // remembered in up to `memory` bytes, fewer where the table is smaller.
  [[nodiscard]] static IoResult<LinkTableReader> open(const std::string& directory,
                                                      std::size_t memory = kDefaultLinkMemory);

  LinkTableReader(LinkTableReader&&) noexcept;
  LinkTableReader& operator=(LinkTableReader&&) noexcept;
  ~LinkTableReader();

  // A consistent state of the table. While it lives, what it found stays valid and its pages are not reused, so
  // it should be short; at most one of a reader at a time.
  class Snapshot {
   public:
    Snapshot(Snapshot&& other) noexcept : reader_(std::exchange(other.reader_, nullptr)) {}
    Snapshot& operator=(Snapshot&&) = delete;
    ~Snapshot();

    // find gives the stored bytes of `code`, none when the table has no such code, and remembers them for recall() if
    // they are a link record (see decode_link_record). A code over LMDB's key limit is simply not there. Errors: a
    // damaged environment.
    [[nodiscard]] IoResult<std::optional<std::string_view>> find(std::string_view code) const;

   private:
    friend class LinkTableReader;
    explicit Snapshot(LinkTableReader* reader) noexcept : reader_(reader) {}
    LinkTableReader* reader_;
  };

  // expect and expect_record are hints that recall(code) comes soon, for any text: the first brings what recall looks
  // at from memory, the second, after it, the record. What lies between them and the recall is then not waited for.
  void expect(std::string_view code) const noexcept;
  void expect_record(std::string_view code) const noexcept;

  // recall gives a copy of the stored bytes of `code` (any text), when it was found lately: no lock file, no descent of
  // a tree. They are a link record (see reread_link_record), valid until the next snapshot. None does not mean that the
  // table has no such code.
  //
  // What it gives is as new as the last call of look() or snapshot(): look notices that something was committed, and then
  // recall gives none until the next snapshot, which forgets what was changed and no more.
  [[nodiscard]] std::optional<std::string_view> recall(std::string_view code) noexcept;
  void look() noexcept;

  // preload puts the next `count` links of the table into what recall() looks at, as far as there is room: what is there
  // stays. False: a snapshot could not be opened or read. Precondition: no snapshot lives.
  [[nodiscard]] bool preload(std::size_t count);

  // has_more_to_preload tells whether preload has something to do: until it has seen the whole table, or most of what it
  // saw found no room. A table that grows beyond the memory in use gets more of it, and is to be preloaded anew.
  [[nodiscard]] bool has_more_to_preload() const noexcept;

  // snapshot opens the latest committed state. Errors: no free reader slot; a damaged environment.
  [[nodiscard]] IoResult<Snapshot> snapshot();

  // info looks at the latest committed state. Precondition: no snapshot lives. Errors: those of snapshot().
  [[nodiscard]] IoResult<LinkTableInfo> info();

  // is_current tells whether the directory still holds the file that is mapped: false after the table was
  // removed or replaced, when the reader should be opened anew. One stat(2).
  [[nodiscard]] bool is_current() const noexcept;

 private:
  struct State;
  explicit LinkTableReader(std::unique_ptr<State> state) noexcept;
  std::unique_ptr<State> state_;
};

}  // namespace refedge::edge
