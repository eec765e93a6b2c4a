#include "edge/links/link_environment.h"

#include <sys/stat.h>

#include <cstring>

namespace refedge::edge {

IoError lmdb_error(const std::string& directory, std::string_view step, int code) {
  std::string message = "link table " + directory + ": ";
  message.append(step).append(": ").append(mdb_strerror(code));
  return IoError{std::move(message)};
}

MDB_val to_val(std::string_view bytes) noexcept {
  return MDB_val{bytes.size(), const_cast<char*>(bytes.data())};  // LMDB's type has no const; it writes nothing
}

std::string_view to_view(const MDB_val& value) noexcept {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

IoResult<Done> check_complete(MDB_env* env, const std::string& directory) {
  MDB_envinfo info{};
  MDB_stat stat{};
  mdb_filehandle_t file = -1;
  struct stat status {};
  if (mdb_env_info(env, &info) != 0 || mdb_env_stat(env, &stat) != 0 || mdb_env_get_fd(env, &file) != 0 ||
      fstat(file, &status) != 0)
    return IoError{"link table " + directory + ": its size cannot be read"};
  const std::uint64_t needed = (static_cast<std::uint64_t>(info.me_last_pgno) + 1) * stat.ms_psize;
  if (static_cast<std::uint64_t>(status.st_size) < needed)
    return IoError{"link table " + directory + ": damaged: data.mdb is cut short"};
  return Done{};
}

IoResult<Done> check_version(MDB_txn* txn, MDB_dbi meta, const std::string& directory) {
  MDB_val key = to_val(kVersionKey);
  MDB_val value{};
  if (const int code = mdb_get(txn, meta, &key, &value)) return lmdb_error(directory, "version", code);
  std::uint32_t version = 0;
  if (value.mv_size == sizeof version) std::memcpy(&version, value.mv_data, sizeof version);
  if (version != kLinkTableVersion)
    return IoError{"link table " + directory + ": version " + std::to_string(version) + ", this build knows " +
                   std::to_string(kLinkTableVersion)};
  return Done{};
}

}  // namespace refedge::edge
