#include "edge/spool/segment_syncer.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <cstddef>
#include <utility>

namespace refedge::edge {
namespace {

// A disk that is done wakes the thread some ten times a sync: the worker, which may share its core, is not to stop for that.
void yield_to_the_worker() noexcept {
  const sched_param none{};
  static_cast<void>(sched_setscheduler(0, SCHED_BATCH, &none));
}

}  // namespace

bool sync_file(int fd) noexcept { return fdatasync(fd) == 0; }

bool sync_directory(const std::string& directory) noexcept {
  const int fd = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool synced = fsync(fd) == 0;
  close(fd);
  return synced;
}

SegmentSyncer::SegmentSyncer(std::string directory, std::chrono::milliseconds interval)
    : directory_(std::move(directory)), interval_(interval) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

SegmentSyncer::~SegmentSyncer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
  for (const Segment& segment : segments_) close(segment.fd);
}

bool SegmentSyncer::watch(int fd) {
  const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return false;
  const std::lock_guard lock(mutex_);
  segments_.push_back({copy, false, false});
  changed_.notify_one();
  return true;
}

void SegmentSyncer::retire() {
  const std::lock_guard lock(mutex_);
  if (!segments_.empty()) segments_.back().retired = true;
}

void SegmentSyncer::run() {
  yield_to_the_worker();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    changed_.wait(lock, [this] { return stopping_ || !segments_.empty(); });
    changed_.wait_for(lock, interval_, [this] { return stopping_; });
    lock.unlock();
    sync_all();
    lock.lock();
  }
  lock.unlock();
  sync_all();
}

// The mutex is free while the disk works. Meanwhile segments are only added, behind those of the snapshot.
void SegmentSyncer::sync_all() {
  std::vector<Segment> snapshot;
  {
    const std::lock_guard lock(mutex_);
    snapshot = segments_;
  }
  for (Segment& segment : snapshot) sync(segment);
  const std::lock_guard lock(mutex_);
  std::vector<Segment> kept;
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    const bool is_done = i < snapshot.size() && snapshot[i].retired;  // retired before it was synced
    if (i < snapshot.size()) segments_[i].has_name = snapshot[i].has_name;
    if (is_done)
      close(segments_[i].fd);
    else
      kept.push_back(segments_[i]);
  }
  segments_ = std::move(kept);
}

void SegmentSyncer::sync(Segment& segment) {
  if (!segment.has_name) segment.has_name = sync_directory(directory_);
  if (!sync_file(segment.fd) || !segment.has_name) failures_.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace refedge::edge
