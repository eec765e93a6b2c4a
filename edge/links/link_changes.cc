#include "edge/links/link_changes.h"

#include <string>

#include "edge/links/link_environment.h"

namespace refedge::edge {
namespace {

MDB_val key_of(std::uint64_t& commit) noexcept { return MDB_val{sizeof commit, &commit}; }

// A byte for the length and the code, for each. False where the bytes end within a code.
bool for_each_code(std::string_view bytes, const std::function<void(std::string_view)>& use) {
  while (!bytes.empty()) {
    const std::size_t length = static_cast<std::uint8_t>(bytes[0]);
    bytes.remove_prefix(1);
    if (bytes.size() < length) return false;
    use(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  return true;
}

}  // namespace

int put_changes(MDB_txn* txn, MDB_dbi changes, std::span<const std::string_view> codes) {
  std::uint64_t commit = mdb_txn_id(txn);
  std::uint64_t old = commit - kKeptChanges;
  MDB_val key = key_of(old);
  if (const int code = mdb_del(txn, changes, &key, nullptr); code != 0 && code != MDB_NOTFOUND) return code;
  if (codes.size() > kMaxChangedCodes) return 0;

  std::string bytes;
  for (const std::string_view code : codes) {
    bytes += static_cast<char>(code.size());
    bytes += code;
  }
  key = key_of(commit);
  MDB_val value = to_val(bytes);
  return mdb_put(txn, changes, &key, &value, 0);
}

bool read_changes(MDB_txn* txn, MDB_dbi changes, std::uint64_t since,
                  const std::function<void(std::string_view)>& use) {
  const std::uint64_t latest = mdb_txn_id(txn);
  if (since > latest || latest - since > kKeptChanges) return false;
  for (std::uint64_t commit = since + 1; commit <= latest; ++commit) {
    MDB_val key = key_of(commit);
    MDB_val value{};
    if (mdb_get(txn, changes, &key, &value) != 0 || !for_each_code(to_view(value), use)) return false;
  }
  return true;
}

}  // namespace refedge::edge
