#include "edge/links/link_table_reader.h"

#include <sys/stat.h>

#include <cstring>

#include "edge/links/link_cache.h"
#include "edge/links/link_changes.h"
#include "edge/links/link_environment.h"
#include "edge/links/link_record.h"

namespace refedge::edge {

static_assert(kMinLinkMemory == LinkCache::kMinBytes);

struct LinkTableReader::State {
  State(const std::string& path, std::size_t memory) : directory(path), cache(memory) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (txn != nullptr) mdb_txn_abort(txn);
    if (env != nullptr) mdb_env_close(env);
  }

  IoResult<Done> open_environment();
  IoResult<Done> open_databases();
  int renew() noexcept;
  int preload(std::size_t count);
  std::uint64_t latest_version() const noexcept;
  void catch_up();

  std::string directory;
  MDB_env* env = nullptr;
  MDB_txn* txn = nullptr;  // kept between snapshots: renewing is an order of magnitude cheaper than beginning
  MDB_dbi links = 0;
  MDB_dbi meta = 0;
  MDB_dbi changes = 0;
  bool has_changes = false;  // a table of an older writer has none
  LinkCache cache;
  std::uint64_t cached_version = 0;  // of the table, that the cache agrees with
  bool is_fresh = false;             // as far as is known, that is the latest
  std::string preloaded_to;          // the last code that was preloaded
  bool is_preloaded = false;
};

IoResult<Done> LinkTableReader::State::open_environment() {
  if (const int code = mdb_env_create(&env)) return lmdb_error(directory, "create", code);
  mdb_env_set_maxdbs(env, kNumDatabases);
  // MDB_NOTLS binds the reader slot to the transaction, which outlives a request; the agent's mode of creation
  // does not apply: MDB_RDONLY creates no data file.
  if (const int code = mdb_env_open(env, directory.c_str(), MDB_RDONLY | MDB_NOTLS, 0))
    return lmdb_error(directory, "open", code);
  return check_complete(env, directory);
}

IoResult<Done> LinkTableReader::State::open_databases() {
  if (const int code = mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn)) return lmdb_error(directory, "begin", code);
  const int found = mdb_dbi_open(txn, kMetaDatabase, 0, &meta);
  if (found == MDB_NOTFOUND) return IoError{"link table " + directory + ": its writer has not set it up yet"};
  if (found != 0) return lmdb_error(directory, "meta", found);
  if (const int code = mdb_dbi_open(txn, kLinksDatabase, 0, &links)) return lmdb_error(directory, "links", code);
  has_changes = mdb_dbi_open(txn, kChangesDatabase, 0, &changes) == 0;
  if (auto known = check_version(txn, meta, directory); !known) return known;
  // Committing is what keeps the handles; the transaction that serves requests is a fresh one.
  const int committed = mdb_txn_commit(std::exchange(txn, nullptr));
  if (committed != 0) return lmdb_error(directory, "commit", committed);
  if (const int code = mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn)) return lmdb_error(directory, "begin", code);
  catch_up();
  mdb_txn_reset(txn);
  return Done{};
}

int LinkTableReader::State::renew() noexcept {
  int code = mdb_txn_renew(txn);
  if (code == MDB_MAP_RESIZED) {
    if (const int resized = mdb_env_set_mapsize(env, 0)) return resized;  // 0: the size that the writer has chosen
    code = mdb_txn_renew(txn);
  }
  // LMDB takes a number and then the meta page of that number, of which there are two in turn. Two commits in between
  // put a later state there than the number says, and the next snapshot can be an earlier one.
  while (code == 0 && latest_version() > mdb_txn_id(txn) + 1) {
    mdb_txn_reset(txn);
    code = mdb_txn_renew(txn);
  }
  return code;
}

// LMDB's transaction id as the newer of the map's two meta pages has it: it grows with every commit.
std::uint64_t LinkTableReader::State::latest_version() const noexcept {
  MDB_envinfo info{};
  return mdb_env_info(env, &info) == 0 ? info.me_last_txnid : 0;
}

// What was changed since the cache was last looked after is forgotten, and all of it where that cannot be told.
void LinkTableReader::State::catch_up() {
  const std::uint64_t version = mdb_txn_id(txn);
  is_fresh = true;
  if (version == cached_version) return;
  const auto forget = [this](std::string_view code) { cache.forget(code); };
  if (!has_changes || !read_changes(txn, changes, cached_version, forget)) cache.clear();
  cached_version = version;
  MDB_stat stat{};
  if (mdb_stat(txn, links, &stat) != 0) return;
  if (!cache.make_room_for((stat.ms_leaf_pages + stat.ms_overflow_pages) * stat.ms_psize)) return;
  preloaded_to.clear();
  is_preloaded = false;
}

// Gives LMDB's code: 0 when there may be more.
int LinkTableReader::State::preload(std::size_t count) {
  MDB_cursor* cursor = nullptr;
  if (const int code = mdb_cursor_open(txn, links, &cursor)) return code;
  const std::unique_ptr<MDB_cursor, void (*)(MDB_cursor*)> closed(cursor, mdb_cursor_close);
  MDB_val key = to_val(preloaded_to);
  MDB_val value{};
  int code = mdb_cursor_get(cursor, &key, &value, preloaded_to.empty() ? MDB_FIRST : MDB_SET_RANGE);
  if (code == 0 && to_view(key) == preloaded_to) code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
  std::size_t refused = 0;
  for (std::size_t i = 0; i < count && code == 0; ++i) {
    const bool is_record = static_cast<bool>(decode_link_record(to_view(value)));
    if (is_record && !cache.add(to_view(key), to_view(value))) ++refused;
    preloaded_to = to_view(key);
    code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
  }
  if (code == MDB_NOTFOUND || refused > count / 2) is_preloaded = true;
  return code == MDB_NOTFOUND ? 0 : code;
}

IoResult<LinkTableReader> LinkTableReader::open(const std::string& directory, std::size_t memory) {
  auto state = std::make_unique<State>(directory, memory);
  if (auto opened = state->open_environment(); !opened) return IoError{opened.message()};
  if (auto opened = state->open_databases(); !opened) return IoError{opened.message()};
  return LinkTableReader(std::move(state));
}

LinkTableReader::LinkTableReader(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
LinkTableReader::LinkTableReader(LinkTableReader&&) noexcept = default;
LinkTableReader& LinkTableReader::operator=(LinkTableReader&&) noexcept = default;
LinkTableReader::~LinkTableReader() = default;

IoResult<LinkTableReader::Snapshot> LinkTableReader::snapshot() {
  if (const int code = state_->renew()) return lmdb_error(state_->directory, "read", code);
  Snapshot opened(this);
  state_->catch_up();
  return opened;
}

void LinkTableReader::expect(std::string_view code) const noexcept { state_->cache.expect(code); }

void LinkTableReader::expect_record(std::string_view code) const noexcept { state_->cache.expect_record(code); }

std::optional<std::string_view> LinkTableReader::recall(std::string_view code) noexcept {
  return state_->is_fresh ? state_->cache.find(code) : std::nullopt;
}

void LinkTableReader::look() noexcept { state_->is_fresh = state_->latest_version() == state_->cached_version; }

bool LinkTableReader::preload(std::size_t count) {
  const auto here = snapshot();
  return here && state_->preload(count) == 0;
}

bool LinkTableReader::has_more_to_preload() const noexcept { return !state_->is_preloaded; }

IoResult<LinkTableInfo> LinkTableReader::info() {
  const auto here = snapshot();
  if (!here) return IoError{here.message()};
  LinkTableInfo info;
  MDB_stat links{};
  if (const int code = mdb_stat(state_->txn, state_->links, &links)) return lmdb_error(state_->directory, "stat", code);
  info.entries = links.ms_entries;
  MDB_val key = to_val(kCursorKey);
  MDB_val value{};
  const int found = mdb_get(state_->txn, state_->meta, &key, &value);
  if (found == 0 && value.mv_size == sizeof info.cursor) std::memcpy(&info.cursor, value.mv_data, sizeof info.cursor);
  mdb_filehandle_t file = -1;
  struct stat status {};
  if (mdb_env_get_fd(state_->env, &file) == 0 && fstat(file, &status) == 0) info.written_at = status.st_mtime;
  return info;
}

bool LinkTableReader::is_current() const noexcept {
  mdb_filehandle_t file = -1;
  struct stat mapped {};
  struct stat present {};
  if (mdb_env_get_fd(state_->env, &file) != 0 || fstat(file, &mapped) != 0) return false;
  if (stat((state_->directory + "/data.mdb").c_str(), &present) != 0) return false;
  return mapped.st_ino == present.st_ino && mapped.st_dev == present.st_dev;
}

LinkTableReader::Snapshot::~Snapshot() {
  if (reader_ != nullptr) mdb_txn_reset(reader_->state_->txn);
}

IoResult<std::optional<std::string_view>> LinkTableReader::Snapshot::find(std::string_view code) const {
  if (code.empty() || code.size() > 511) return std::optional<std::string_view>{};
  State& state = *reader_->state_;
  MDB_val key = to_val(code);
  MDB_val value{};
  const int found = mdb_get(state.txn, state.links, &key, &value);
  if (found == MDB_NOTFOUND) return std::optional<std::string_view>{};
  if (found != 0) return lmdb_error(state.directory, "lookup", found);
  if (decode_link_record(to_view(value))) state.cache.put(code, to_view(value));
  return std::optional<std::string_view>{to_view(value)};
}

}  // namespace refedge::edge
