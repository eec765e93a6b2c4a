// What the reader and the writer of the link table share: the LMDB environment's names, checks and messages.
// Private to edge/links.
#pragma once

#include <lmdb.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "edge/io_result.h"

namespace refedge::edge {

inline constexpr const char* kLinksDatabase = "links";
inline constexpr const char* kMetaDatabase = "meta";
inline constexpr unsigned kNumDatabases = 3;  // with kChangesDatabase
inline constexpr std::string_view kCursorKey = "cursor";
inline constexpr std::string_view kVersionKey = "version";
inline constexpr std::uint32_t kLinkTableVersion = 1;

// lmdb_error says what failed in which directory: "link table /x: open: No such file or directory".
[[nodiscard]] IoError lmdb_error(const std::string& directory, std::string_view step, int code);

[[nodiscard]] MDB_val to_val(std::string_view bytes) noexcept;
[[nodiscard]] std::string_view to_view(const MDB_val& value) noexcept;

// check_complete refuses an environment whose data file is shorter than its own pages say: reading it would be
// answered with SIGBUS, not with an error.
[[nodiscard]] IoResult<Done> check_complete(MDB_env* env, const std::string& directory);

// check_version refuses a table of another version, or one whose version was never written.
[[nodiscard]] IoResult<Done> check_version(MDB_txn* txn, MDB_dbi meta, const std::string& directory);

}  // namespace refedge::edge
