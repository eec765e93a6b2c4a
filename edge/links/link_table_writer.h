// Writing the link table: the agent alone does. Spec: docs/protocol.md#link-table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "edge/io_result.h"
#include "edge/links/link_record.h"

namespace refedge::edge {

struct LinkChange {
  std::string_view code;  // a share-link code
  LinkRecord record;
};

// The only writer of a link table; a second one of the same directory is refused. Readers never wait for it.
class LinkTableWriter {
 public:
  struct Options {
    std::string directory;                          // created (mode 0755) when its parent is there
    std::size_t map_bytes = std::size_t{1} << 30;   // address space to begin with; doubled when it is full
  };

  // open creates or opens the table. It gives the two files the access that the directory has: who may enter the
  // directory may read data.mdb and write lock.mdb (LMDB's readers announce themselves there), and the files get
  // the directory's group. Errors: no permission, a damaged or other-version environment, another writer.
  [[nodiscard]] static IoResult<LinkTableWriter> open(const Options& options);

  LinkTableWriter(LinkTableWriter&&) noexcept;
  LinkTableWriter& operator=(LinkTableWriter&&) noexcept;
  ~LinkTableWriter();

  // apply stores all changes and the cursor in one durable transaction, or nothing: on an error the table is as it
  // was. Errors: a code that is none, a record that does not encode (the message names the code), a full disk.
  [[nodiscard]] IoResult<Done> apply(std::span<const LinkChange> changes, std::uint64_t cursor);

  // cursor gives the feed position that the last apply stored, 0 in a new table.
  [[nodiscard]] std::uint64_t cursor() const noexcept;

  // put_raw stores bytes as they are, without a check. It exists to make damaged tables for tests.
  [[nodiscard]] IoResult<Done> put_raw(std::string_view code, std::string_view bytes);

 private:
  struct State;
  explicit LinkTableWriter(std::unique_ptr<State> state) noexcept;
  std::unique_ptr<State> state_;
};

}  // namespace refedge::edge
