// Makes a writer's segments durable at an interval, in a thread of its own: no request waits for the disk.
// Private to edge/spool. Spec: docs/protocol.md#spool.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace refedge::edge {

// sync_file makes a segment's content durable; sync_directory its name. False: see errno.
[[nodiscard]] bool sync_file(int fd) noexcept;
[[nodiscard]] bool sync_directory(const std::string& directory) noexcept;

class SegmentSyncer {
 public:
  // The thread takes no signals: those are the web server's. Throws std::system_error when there can be none.
  SegmentSyncer(std::string directory, std::chrono::milliseconds interval);
  SegmentSyncer(const SegmentSyncer&) = delete;
  SegmentSyncer& operator=(const SegmentSyncer&) = delete;
  ~SegmentSyncer();  // syncs a last time

  // watch takes a segment in that was just opened; the descriptor is duplicated. False: no descriptor is
  // left.
  [[nodiscard]] bool watch(int fd);

  // retire tells that the segment of the last watch() is full or sealed: it is synced once more and let go.
  void retire();

  [[nodiscard]] std::uint64_t failures() const noexcept { return failures_.load(std::memory_order_relaxed); }

 private:
  struct Segment {
    int fd;
    bool has_name;  // on the disk, too
    bool retired;
  };

  void run();
  void sync(Segment& segment);
  void sync_all();

  std::string directory_;
  std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Segment> segments_;
  bool stopping_ = false;
  std::atomic<std::uint64_t> failures_{0};
  std::thread thread_;  // last: it uses the others
};

}  // namespace refedge::edge
