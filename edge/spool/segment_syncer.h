// Makes a writer's segments durable while the writer goes on. Private to edge/spool. Spec: docs/protocol.md#spool.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "edge/spool/disk_queue.h"

namespace refedge::edge {

// sync_file makes a segment's content durable; sync_directory its name. False: see errno.
[[nodiscard]] bool sync_file(int fd) noexcept;
[[nodiscard]] bool sync_directory(const std::string& directory) noexcept;

// Without a thread: one would make every system call and every allocation of the process dearer
// (docs/decisions/0100-syncs-without-a-thread.md). One thread's, which calls sync() at intervals.
class SegmentSyncer {
 public:
  explicit SegmentSyncer(std::string directory) : directory_(std::move(directory)) {}
  SegmentSyncer(const SegmentSyncer&) = delete;
  SegmentSyncer& operator=(const SegmentSyncer&) = delete;
  ~SegmentSyncer();  // syncs a last time, and waits for the disk

  // watch takes a segment in that was just opened; the descriptor is duplicated. False: no descriptor is left.
  [[nodiscard]] bool watch(int fd);

  // touch tells that the segment of the last watch() has got more; retire that it is full or sealed: it is synced once
  // more and let go.
  void touch() noexcept;
  void retire() noexcept;

  // sync starts to make durable what came since it was last started, and takes in what has come of that. It waits for the disk only where
  // DiskQueue cannot be used. True: it has to be called again, though nothing more comes.
  [[nodiscard]] bool sync() noexcept;

  [[nodiscard]] std::uint64_t failures() const noexcept { return failures_; }  // syncs the disk did not confirm, ever

 private:
  struct Segment {
    int fd;
    std::uint64_t id;
    bool has_more;  // than was synced
    bool is_under_way;
    bool is_retired;
  };

  void take_results() noexcept;
  void end_sync(std::uint64_t id, bool is_confirmed) noexcept;
  void start_names() noexcept;
  void start(Segment& segment) noexcept;
  void let_go() noexcept;

  std::string directory_;
  DiskQueue queue_;
  std::vector<Segment> segments_;
  std::uint64_t last_id_ = 0;
  bool has_more_names_ = false;  // in the directory than were synced
  bool are_names_under_way_ = false;
  std::uint64_t failures_ = 0;
};

}  // namespace refedge::edge
