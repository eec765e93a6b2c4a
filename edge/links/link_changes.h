// Which links a commit of the link table changed: what lets readers keep all others in memory. Spec:
// docs/protocol.md#link-table. Private to edge/links.
#pragma once

#include <lmdb.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace refedge::edge {

inline constexpr const char* kChangesDatabase = "changes";
inline constexpr std::uint64_t kKeptChanges = 64;       // commits that a reader may be behind
inline constexpr std::size_t kMaxChangedCodes = 4096;   // of a commit: one that changes more is not told of

// put_changes stores, in `txn`, which codes (of 1 to 255 bytes) it changes, and drops what a commit long ago changed.
// Gives LMDB's code, 0 for success.
[[nodiscard]] int put_changes(MDB_txn* txn, MDB_dbi changes, std::span<const std::string_view> codes);

// read_changes calls `use` with every code that the commits after `since` changed, up to the state that `txn` sees.
// False when it cannot be told: too many commits, one that was not told of, damage. `use` may have been called then.
[[nodiscard]] bool read_changes(MDB_txn* txn, MDB_dbi changes, std::uint64_t since,
                                const std::function<void(std::string_view)>& use);

}  // namespace refedge::edge
