#include "edge/links/link_table_writer.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "edge/links/link_changes.h"
#include "edge/links/link_environment.h"
#include "refedge/share_code.h"

namespace refedge::edge {
namespace {

struct Entry {
  std::string_view code;
  std::string bytes;
};

IoResult<std::vector<Entry>> encode_all(std::span<const LinkChange> changes) {
  std::vector<Entry> entries;
  entries.reserve(changes.size());
  for (const LinkChange& change : changes) {
    if (!is_share_code(change.code)) return IoError{"link: a code that is none"};
    auto bytes = encode_link_record(change.record);
    if (!bytes)
      return IoError{"link " + std::string(change.code) + ": " + bytes.error().field + ": " +
                     std::string(errc_name(bytes.error().code))};
    entries.push_back({change.code, *std::move(bytes)});
  }
  return entries;
}

// What the directory's mode lets a class of users (shift 0 others, 3 group) do with the files in it.
mode_t access_like(mode_t directory, unsigned shift, mode_t access) {
  const mode_t may_enter = directory >> shift & 5;
  return may_enter == 5 ? static_cast<mode_t>(access << shift) : 0;
}

IoResult<Done> share_file(const std::string& path, const struct stat& directory, mode_t access) {
  const mode_t mode = 0600 | access_like(directory.st_mode, 3, access) | access_like(directory.st_mode, 0, access);
  // The group may be one that this user is not in: then the mode alone decides, and that shows in the readers' log.
  if (chown(path.c_str(), static_cast<uid_t>(-1), directory.st_gid) != 0 && errno != EPERM)
    return IoError{"link table " + path + ": chown: " + std::strerror(errno)};
  if (chmod(path.c_str(), mode) != 0) return IoError{"link table " + path + ": chmod: " + std::strerror(errno)};
  return Done{};
}

}  // namespace

struct LinkTableWriter::State {
  explicit State(const Options& chosen) : options(chosen) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (env != nullptr) mdb_env_close(env);
    if (directory_fd >= 0) close(directory_fd);  // frees the lock
  }

  IoResult<Done> lock_directory();
  IoResult<Done> open_environment();
  IoResult<Done> share_files() const;
  IoResult<Done> open_databases();
  IoResult<Done> read_meta(MDB_txn* txn);
  int put_all(std::span<const Entry> entries, const std::uint64_t* new_cursor);
  int put_growing(std::span<const Entry> entries, const std::uint64_t* new_cursor);

  Options options;
  int directory_fd = -1;
  MDB_env* env = nullptr;
  MDB_dbi links = 0;
  MDB_dbi meta = 0;
  MDB_dbi changes = 0;
  std::uint64_t cursor = 0;  // as stored: nobody else writes it
};

IoResult<Done> LinkTableWriter::State::lock_directory() {
  const char* path = options.directory.c_str();
  if (mkdir(path, 0755) != 0 && errno != EEXIST) return lmdb_error(options.directory, "mkdir", errno);
  directory_fd = ::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory_fd < 0) return lmdb_error(options.directory, "open", errno);
  if (flock(directory_fd, LOCK_EX | LOCK_NB) != 0)
    return IoError{"link table " + options.directory + ": another process writes it"};
  return Done{};
}

IoResult<Done> LinkTableWriter::State::open_environment() {
  if (const int code = mdb_env_create(&env)) return lmdb_error(options.directory, "create", code);
  mdb_env_set_maxdbs(env, kNumDatabases);
  mdb_env_set_maxreaders(env, 512);
  mdb_env_set_mapsize(env, options.map_bytes);
  if (const int code = mdb_env_open(env, options.directory.c_str(), 0, 0600))
    return lmdb_error(options.directory, "open", code);
  return check_complete(env, options.directory);
}

IoResult<Done> LinkTableWriter::State::share_files() const {
  struct stat status {};
  if (fstat(directory_fd, &status) != 0) return lmdb_error(options.directory, "stat", errno);
  if (auto shared = share_file(options.directory + "/lock.mdb", status, 6); !shared) return shared;
  return share_file(options.directory + "/data.mdb", status, 4);
}

IoResult<Done> LinkTableWriter::State::open_databases() {
  MDB_txn* txn = nullptr;
  if (const int code = mdb_txn_begin(env, nullptr, 0, &txn)) return lmdb_error(options.directory, "begin", code);
  if (auto read = read_meta(txn); !read) {
    mdb_txn_abort(txn);
    return read;
  }
  if (const int committed = mdb_txn_commit(txn)) return lmdb_error(options.directory, "commit", committed);
  return Done{};
}

IoResult<Done> LinkTableWriter::State::read_meta(MDB_txn* txn) {
  int code = mdb_dbi_open(txn, kLinksDatabase, MDB_CREATE, &links);
  if (code == 0) code = mdb_dbi_open(txn, kMetaDatabase, MDB_CREATE, &meta);
  if (code == 0) code = mdb_dbi_open(txn, kChangesDatabase, MDB_CREATE, &changes);
  if (code != 0) return lmdb_error(options.directory, "databases", code);

  MDB_val key = to_val(kVersionKey);
  std::uint32_t version = kLinkTableVersion;
  MDB_val value{sizeof version, &version};
  code = mdb_put(txn, meta, &key, &value, MDB_NOOVERWRITE);
  if (code != 0 && code != MDB_KEYEXIST) return lmdb_error(options.directory, "version", code);
  if (auto known = check_version(txn, meta, options.directory); !known) return known;

  key = to_val(kCursorKey);
  code = mdb_get(txn, meta, &key, &value);
  if (code == MDB_NOTFOUND) return Done{};
  if (code != 0) return lmdb_error(options.directory, "cursor", code);
  if (value.mv_size != sizeof cursor) return IoError{"link table " + options.directory + ": damaged: the cursor"};
  std::memcpy(&cursor, value.mv_data, sizeof cursor);
  return Done{};
}

int LinkTableWriter::State::put_all(std::span<const Entry> entries, const std::uint64_t* new_cursor) {
  MDB_txn* txn = nullptr;
  if (const int code = mdb_txn_begin(env, nullptr, 0, &txn)) return code;
  std::vector<std::string_view> codes;
  codes.reserve(entries.size());
  int code = 0;
  for (std::size_t i = 0; i < entries.size() && code == 0; ++i) {
    MDB_val key = to_val(entries[i].code);
    MDB_val value = to_val(entries[i].bytes);
    code = mdb_put(txn, links, &key, &value, 0);
    codes.push_back(entries[i].code);
  }
  if (code == 0) code = put_changes(txn, changes, codes);
  if (code == 0 && new_cursor != nullptr) {
    MDB_val key = to_val(kCursorKey);
    MDB_val value = to_val({reinterpret_cast<const char*>(new_cursor), sizeof *new_cursor});
    code = mdb_put(txn, meta, &key, &value, 0);
  }
  if (code == 0) return mdb_txn_commit(txn);
  mdb_txn_abort(txn);
  return code;
}

int LinkTableWriter::State::put_growing(std::span<const Entry> entries, const std::uint64_t* new_cursor) {
  // A killed reader leaves its slot behind, which would keep old pages from being used again.
  int dead_readers = 0;
  mdb_reader_check(env, &dead_readers);
  int code = put_all(entries, new_cursor);
  while (code == MDB_MAP_FULL) {
    options.map_bytes *= 2;
    code = mdb_env_set_mapsize(env, options.map_bytes);
    if (code == 0) code = put_all(entries, new_cursor);
  }
  return code;
}

IoResult<LinkTableWriter> LinkTableWriter::open(const Options& options) {
  auto state = std::make_unique<State>(options);
  if (auto locked = state->lock_directory(); !locked) return IoError{locked.message()};
  if (auto opened = state->open_environment(); !opened) return IoError{opened.message()};
  if (auto shared = state->share_files(); !shared) return IoError{shared.message()};
  if (auto opened = state->open_databases(); !opened) return IoError{opened.message()};
  return LinkTableWriter(std::move(state));
}

LinkTableWriter::LinkTableWriter(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
LinkTableWriter::LinkTableWriter(LinkTableWriter&&) noexcept = default;
LinkTableWriter& LinkTableWriter::operator=(LinkTableWriter&&) noexcept = default;
LinkTableWriter::~LinkTableWriter() = default;

IoResult<Done> LinkTableWriter::apply(std::span<const LinkChange> changes, std::uint64_t cursor) {
  auto entries = encode_all(changes);
  if (!entries) return IoError{entries.message()};
  if (const int code = state_->put_growing(*entries, &cursor))
    return lmdb_error(state_->options.directory, "apply", code);
  state_->cursor = cursor;
  return Done{};
}

std::uint64_t LinkTableWriter::cursor() const noexcept { return state_->cursor; }

IoResult<Done> LinkTableWriter::put_raw(std::string_view code, std::string_view bytes) {
  const Entry entry{code, std::string(bytes)};
  if (const int failed = state_->put_growing({&entry, 1}, nullptr))
    return lmdb_error(state_->options.directory, "put", failed);
  return Done{};
}

}  // namespace refedge::edge
