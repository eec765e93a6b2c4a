#include "edge/spool/spool_reader.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>

#include "edge/spool/crc32c.h"
#include "edge/spool/segment_file.h"

namespace refedge::edge {
namespace {

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

// What stands behind the end of a writer that is gone: its last record, torn, or after a power loss whole records behind
// a page of zeros.
bool has_remains(const MappedFile& file, std::size_t at) noexcept {
  return std::any_of(file.data() + at, file.data() + file.size(), [](char byte) { return byte != 0; });
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
      segments_(std::move(other.segments_)),
      pending_(std::move(other.pending_)),
      damaged_segments_(other.damaged_segments_) {}

SpoolReader::~SpoolReader() {
  if (directory_fd_ >= 0) close(directory_fd_);  // frees the lock
}

IoResult<std::vector<SpoolRecord>> SpoolReader::next_batch(std::size_t max_records) {
  pending_.clear();
  const auto names = list_segments();
  if (!names) return IoError{names.message()};
  std::vector<SpoolRecord> batch;
  for (const std::string& name : *names) {
    if (batch.size() == max_records) break;
    if (is_read(name)) continue;
    if (auto read = read_segment(name, max_records, batch); !read) return IoError{read.message()};
  }
  return batch;
}

// Read to its end, and kept for what is held of it alone.
bool SpoolReader::is_read(const std::string& name) const {
  const auto known = segments_.find(name);
  if (known == segments_.end()) return false;
  return known->second.progress == Progress::kFinished || known->second.progress == Progress::kDamaged;
}

// No writer makes an empty segment: it is mapped as one without a byte.
IoResult<MappedFile> SpoolReader::map_segment(const std::string& name) const {
  const std::string path = directory_ + "/" + name;
  const int fd = openat(directory_fd_, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return errno_error(path, "open", errno);
  struct stat status {};
  if (fstat(fd, &status) != 0 || status.st_size == 0) {
    close(fd);
    return MappedFile();
  }
  return map_file(fd, static_cast<std::size_t>(status.st_size), MapAccess::kRead, path);
}

IoResult<Done> SpoolReader::read_segment(const std::string& name, std::size_t max_records,
                                         std::vector<SpoolRecord>& out) {
  const auto file = map_segment(name);
  if (!file) return IoError{file.message()};
  const auto known = segments_.find(name);
  Pending segment{name, known == segments_.end() ? 0 : known->second.read_to, Progress::kDamaged};
  if (file->is_open()) segment.progress = read_records(*file, max_records, segment, out);
  pending_.push_back(std::move(segment));
  return Done{};
}

SpoolReader::Progress SpoolReader::read_records(const MappedFile& file, std::size_t max_records, Pending& at,
                                                std::vector<SpoolRecord>& out) {
  // Asked first: of a writer that is gone now, nothing can come after what is read below.
  const bool writer_is_gone = lock_is_free(file.fd());
  Record record = record_at(file, at.read_to);
  while (record.state == RecordState::kRecord && out.size() < max_records) {
    out.push_back({{at.name, at.read_to}, std::string(record.payload)});
    at.read_to += record_size(record.payload.size());
    record = record_at(file, at.read_to);
  }
  switch (record.state) {
    case RecordState::kRecord: return Progress::kMore;
    case RecordState::kSealed: return Progress::kFinished;
    case RecordState::kDamaged: return writer_is_gone ? Progress::kDamaged : Progress::kRunning;
    case RecordState::kNothingYet: break;
  }
  if (!writer_is_gone) return Progress::kRunning;
  return has_remains(file, at.read_to) ? Progress::kDamaged : Progress::kFinished;
}

IoResult<Done> SpoolReader::commit(std::span<const SpoolPlace> held) {
  const std::vector<Pending> batch = std::exchange(pending_, {});
  for (const Pending& read : batch) {
    Segment& segment = segments_[read.name];
    segment.read_to = read.read_to;
    segment.progress = read.progress;
  }
  for (const SpoolPlace& place : held) segments_[place.segment].held.insert(place.offset);
  for (const Pending& read : batch)
    if (auto disposed = dispose_if_done(read.name); !disposed) return disposed;
  return Done{};
}

IoResult<std::string> SpoolReader::read_again(const SpoolPlace& place) const {
  const auto file = map_segment(place.segment);
  if (!file) return IoError{file.message()};
  const bool is_inside = file->is_open() && place.offset < file->size();
  const Record record = is_inside ? record_at(*file, place.offset) : Record{RecordState::kDamaged, {}};
  if (record.state == RecordState::kRecord) return std::string(record.payload);
  return IoError{"spool " + directory_ + "/" + place.segment + ": the record at " + std::to_string(place.offset) +
                 " cannot be read any more"};
}

IoResult<Done> SpoolReader::release(const SpoolPlace& place) {
  const auto segment = segments_.find(place.segment);
  if (segment == segments_.end()) return Done{};
  segment->second.held.erase(place.offset);
  return dispose_if_done(place.segment);
}

IoResult<Done> SpoolReader::dispose_if_done(const std::string& name) {
  const auto segment = segments_.find(name);
  if (segment == segments_.end() || !is_read(name) || !segment->second.held.empty()) return Done{};
  auto disposed = dispose(name, segment->second.progress);
  if (disposed) segments_.erase(segment);
  else segment->second.progress = Progress::kMore;  // read and disposed of again
  return disposed;
}

IoResult<Done> SpoolReader::dispose(const std::string& name, Progress progress) {
  if (progress == Progress::kFinished) {
    if (unlinkat(directory_fd_, name.c_str(), 0) == 0 || errno == ENOENT) return Done{};
    return errno_error(directory_ + "/" + name, "delete", errno);
  }
  const std::string aside = name + std::string(kSetAsideSuffix);
  if (renameat(directory_fd_, name.c_str(), directory_fd_, aside.c_str()) != 0)
    return errno_error(directory_ + "/" + name, "set aside", errno);
  ++damaged_segments_;
  return Done{};
}

IoResult<std::vector<std::string>> SpoolReader::list_segments() const {
  const int copy = openat(directory_fd_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (copy < 0) return errno_error(directory_, "open", errno);
  const OpenDirectory directory(fdopendir(copy));
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
