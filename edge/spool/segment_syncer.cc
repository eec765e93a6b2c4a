#include "edge/spool/segment_syncer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

namespace refedge::edge {
namespace {

constexpr std::uint64_t kNames = 0;  // the id of a directory's sync: segments count from 1

int open_directory(const std::string& directory) noexcept {
  return open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

}  // namespace

bool sync_file(int fd) noexcept { return fdatasync(fd) == 0; }

bool sync_directory(const std::string& directory) noexcept {
  const int fd = open_directory(directory);
  if (fd < 0) return false;
  const bool synced = fsync(fd) == 0;
  close(fd);
  return synced;
}

SegmentSyncer::~SegmentSyncer() {
  queue_.end();
  if (has_more_names_ || are_names_under_way_) static_cast<void>(sync_directory(directory_));
  for (const Segment& segment : segments_) {
    if (segment.has_more || segment.is_under_way) static_cast<void>(sync_file(segment.fd));
    close(segment.fd);
  }
}

bool SegmentSyncer::watch(int fd) {
  segments_.reserve(segments_.size() + 1);
  const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return false;
  segments_.push_back({copy, ++last_id_, true, false, false});
  has_more_names_ = true;
  return true;
}

void SegmentSyncer::touch() noexcept {
  if (!segments_.empty()) segments_.back().has_more = true;
}

void SegmentSyncer::retire() noexcept {
  if (segments_.empty()) return;
  segments_.back().has_more = true;
  segments_.back().is_retired = true;
}

bool SegmentSyncer::sync() noexcept {
  take_results();
  start_names();
  for (Segment& segment : segments_) start(segment);
  let_go();
  const auto is_open = [](const Segment& segment) { return segment.has_more || segment.is_under_way; };
  return has_more_names_ || are_names_under_way_ || std::any_of(segments_.begin(), segments_.end(), is_open);
}

void SegmentSyncer::take_results() noexcept {
  for (DiskQueue::Result result; queue_.finished(result);) end_sync(result.id, result.error == 0);
}

// What was not confirmed is asked for again, but for a segment that nothing is written to any more.
void SegmentSyncer::end_sync(std::uint64_t id, bool is_confirmed) noexcept {
  if (!is_confirmed) ++failures_;
  if (id == kNames) {
    are_names_under_way_ = false;
    has_more_names_ = has_more_names_ || !is_confirmed;
    return;
  }
  for (Segment& segment : segments_) {
    if (segment.id != id) continue;
    segment.is_under_way = false;
    segment.has_more = segment.has_more || (!is_confirmed && !segment.is_retired);
  }
}

void SegmentSyncer::start_names() noexcept {
  if (!has_more_names_ || are_names_under_way_) return;
  has_more_names_ = false;
  const int fd = open_directory(directory_);
  are_names_under_way_ = fd >= 0 && queue_.start(fd, DiskQueue::Sync::kName, kNames);
  if (!are_names_under_way_) end_sync(kNames, fd >= 0 && fsync(fd) == 0);
  if (fd >= 0) close(fd);
}

void SegmentSyncer::start(Segment& segment) noexcept {
  if (!segment.has_more || segment.is_under_way) return;
  segment.has_more = false;
  segment.is_under_way = queue_.start(segment.fd, DiskQueue::Sync::kContent, segment.id);
  if (!segment.is_under_way) end_sync(segment.id, sync_file(segment.fd));
}

void SegmentSyncer::let_go() noexcept {
  std::erase_if(segments_, [](const Segment& segment) {
    const bool is_done = segment.is_retired && !segment.has_more && !segment.is_under_way;
    if (is_done) close(segment.fd);
    return is_done;
  });
}

}  // namespace refedge::edge
