#include "edge/spool/spool_reader.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <memory>
#include <utility>

#include "edge/spool/crc32c.h"

namespace refedge::edge {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const noexcept { closedir(directory); }
};

enum class RecordState { kRecord, kNothingYet, kSealed, kDamaged };

struct Record {
  RecordState state;
  std::string_view payload;
};

Record record_at(const MappedFile& file, std::size_t at) {
  if (at + kRecordHeader > file.size()) return {RecordState::kDamaged, {}};
  const char* record = file.data() + at;
  const std::uint32_t length = load_length(record);
  if (length == kNothingYet) return {RecordState::kNothingYet, {}};
  if (length == kSealed) return {RecordState::kSealed, {}};
  if (length > kMaxPayload || record_size(length) > file.size() - at) return {RecordState::kDamaged, {}};
  std::uint32_t checksum = 0;
  std::memcpy(&checksum, record + 4, sizeof checksum);
  const std::string_view payload(record + kRecordHeader, length);
  if (crc32c(payload) != checksum) return {RecordState::kDamaged, {}};
  return {RecordState::kRecord, payload};
}

// A writer holds the lock for as long as it lives: a free lock means that it is gone.
bool lock_is_free(int fd) noexcept {
  if (flock(fd, LOCK_SH | LOCK_NB) != 0) return false;
  flock(fd, LOCK_UN);
  return true;
}

// After a power loss a page of zeros can stand before pages with records. What a killed writer leaves of its last
// record is shorter than the longest record, so it is not taken for that.
bool has_lost_records(const MappedFile& file, std::size_t at) noexcept {
  const std::size_t from = std::min(file.size(), at + record_size(kMaxPayload));
  return std::any_of(file.data() + from, file.data() + file.size(), [](char byte) { return byte != 0; });
}

}  // namespace

IoResult<SpoolReader> SpoolReader::open(const std::string& directory) {
  const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return errno_error(directory, "open", errno);
  SpoolReader reader(directory, fd);
  if (faccessat(fd, ".", R_OK | W_OK | X_OK, AT_EACCESS) != 0) return errno_error(directory, "access", errno);
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) return IoError{"spool " + directory + ": another process ships it"};
  return reader;
}

SpoolReader::SpoolReader(SpoolReader&& other) noexcept
    : directory_(std::move(other.directory_)),
      directory_fd_(std::exchange(other.directory_fd_, -1)),
      committed_(std::move(other.committed_)),
      pending_(std::move(other.pending_)),
      damaged_segments_(other.damaged_segments_) {}

SpoolReader::~SpoolReader() {
  if (directory_fd_ >= 0) close(directory_fd_);  // frees the lock
}

IoResult<std::vector<std::string>> SpoolReader::next_batch(std::size_t max_records) {
  pending_.clear();
  const auto names = list_segments();
  if (!names) return IoError{names.message()};
  std::vector<std::string> batch;
  for (const std::string& name : *names) {
    if (batch.size() == max_records) break;
    if (auto read = read_segment(name, max_records, batch); !read) return IoError{read.message()};
  }
  return batch;
}

IoResult<Done> SpoolReader::read_segment(const std::string& name, std::size_t max_records,
                                         std::vector<std::string>& out) {
  const std::string path = directory_ + "/" + name;
  const int fd = openat(directory_fd_, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return errno_error(path, "open", errno);
  struct stat status {};
  if (fstat(fd, &status) != 0 || status.st_size == 0) {  // no writer makes an empty segment
    close(fd);
    pending_.push_back({name, 0, Progress::kDamaged});
    return Done{};
  }
  const auto file = map_file(fd, static_cast<std::size_t>(status.st_size), MapAccess::kRead, path);
  if (!file) return IoError{file.message()};

  const auto known = committed_.find(name);
  std::size_t at = known == committed_.end() ? 0 : known->second;
  const Progress progress = read_records(*file, max_records, at, out);
  pending_.push_back({name, at, progress});
  return Done{};
}

SpoolReader::Progress SpoolReader::read_records(const MappedFile& file, std::size_t max_records, std::size_t& at,
                                                std::vector<std::string>& out) {
  // Asked first: of a writer that is gone now, nothing can come after what is read below.
  const bool writer_is_gone = lock_is_free(file.fd());
  Record record = record_at(file, at);
  while (record.state == RecordState::kRecord && out.size() < max_records) {
    out.emplace_back(record.payload);
    at += record_size(record.payload.size());
    record = record_at(file, at);
  }
  switch (record.state) {
    case RecordState::kRecord: return Progress::kMore;
    case RecordState::kSealed: return Progress::kFinished;
    case RecordState::kDamaged: return writer_is_gone ? Progress::kDamaged : Progress::kRunning;
    case RecordState::kNothingYet: break;
  }
  if (!writer_is_gone) return Progress::kRunning;
  return has_lost_records(file, at) ? Progress::kDamaged : Progress::kFinished;
}

IoResult<Done> SpoolReader::commit() {
  for (const Pending& segment : std::exchange(pending_, {})) {
    committed_[segment.name] = segment.read_to;
    if (segment.progress == Progress::kMore || segment.progress == Progress::kRunning) continue;
    if (auto disposed = dispose(segment); !disposed) return disposed;
    committed_.erase(segment.name);
  }
  return Done{};
}

IoResult<Done> SpoolReader::dispose(const Pending& segment) {
  const char* name = segment.name.c_str();
  if (segment.progress == Progress::kFinished) {
    if (unlinkat(directory_fd_, name, 0) == 0 || errno == ENOENT) return Done{};
    return errno_error(directory_ + "/" + segment.name, "delete", errno);
  }
  const std::string aside = segment.name + std::string(kSetAsideSuffix);
  if (renameat(directory_fd_, name, directory_fd_, aside.c_str()) != 0)
    return errno_error(directory_ + "/" + segment.name, "set aside", errno);
  ++damaged_segments_;
  return Done{};
}

IoResult<std::vector<std::string>> SpoolReader::list_segments() const {
  const int copy = openat(directory_fd_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (copy < 0) return errno_error(directory_, "open", errno);
  const std::unique_ptr<DIR, CloseDirectory> directory(fdopendir(copy));
  if (directory == nullptr) return errno_error(directory_, "list", errno);
  std::vector<std::string> names;
  while (const dirent* entry = readdir(directory.get())) {
    const std::string_view name = entry->d_name;
    if (name.ends_with(kUnfinishedSuffix)) sweep_unfinished(entry->d_name);
    if (name.ends_with(kSegmentSuffix)) names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

// A writer that died while it set a segment up leaves the `.new` file. It holds no record. The age tells it from one
// that is being set up right now.
void SpoolReader::sweep_unfinished(const char* name) const {
  constexpr std::time_t kAbandonedAfterSeconds = 60;
  struct stat status {};
  if (fstatat(directory_fd_, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return;
  if (std::time(nullptr) - status.st_mtime > kAbandonedAfterSeconds) unlinkat(directory_fd_, name, 0);
}

}  // namespace refedge::edge
