// Appending to the spool, in an nginx worker's request path. Spec: docs/protocol.md#spool.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "edge/io_result.h"
#include "edge/spool/segment.h"
#include "edge/spool/segment_syncer.h"

namespace refedge::edge {

enum class AppendOutcome {
  kStored,    // survives the death of this process, and a power loss as SpoolSync says
  kRefused,   // no segment could be had: a full disk, the size limit, permissions; see refusal()
  kTooLong,   // empty, over kMaxPayload, or over what a segment holds
  kNotSynced, // in the segment, but the disk did not confirm it; see refusal()
};

// What survives a power loss. The death of the process loses nothing in any of them.
enum class SpoolSync {
  kOff,       // what the system has written back by then
  kInterval,  // what was appended before sync() was last called, as soon as the disk has it
  kEach,      // what was stored
};

// A writer owns one segment at a time and opens the next when it is full; a large one is set up a little before. It is used by one thread and opened
// after fork. An append into an open segment is a copy into mapped memory: no system call, no lock, no wait.
class SpoolWriter {
 public:
  struct Options {
    std::string directory;                            // must exist
    std::size_t segment_bytes = std::size_t{1} << 20; // a multiple of 8, at least 64
    std::size_t max_bytes = std::size_t{1} << 30;     // all segments of the directory together, running ones too
    std::uint64_t rotate_after_ms = 0;                // age at which the next append opens another segment; 0: none
    SpoolSync sync = SpoolSync::kOff;
  };

  explicit SpoolWriter(Options options) : options_(std::move(options)) {}
  SpoolWriter(SpoolWriter&&) noexcept = default;
  SpoolWriter& operator=(SpoolWriter&&) = delete;
  ~SpoolWriter();  // seals the segment

  // append stores `payload`. `now_ms` (Unix milliseconds) names a new segment and paces retries: after a refusal
  // no segment is asked for until kRetryAfterMs have passed, so that a full disk costs a click nothing.
  [[nodiscard]] AppendOutcome append(std::string_view payload, std::uint64_t now_ms) noexcept;

  // append_durably stores `payload` and everything before it in the segment on the disk, unless the policy is kOff.
  [[nodiscard]] AppendOutcome append_durably(std::string_view payload, std::uint64_t now_ms) noexcept;

  // sync, for SpoolSync::kInterval, starts to make durable what was appended, and waits for the disk only where
  // DiskQueue cannot be used. True: to be called again after an interval, though nothing is appended.
  [[nodiscard]] bool sync() noexcept;

  // seal ends the running segment, so that the agent may delete it once it is shipped. Idempotent.
  void seal() noexcept;

  // bytes_in_use adds up the segments of all writers. Errors: the directory cannot be read.
  [[nodiscard]] IoResult<std::size_t> bytes_in_use() const;

  [[nodiscard]] std::uint64_t refused() const noexcept { return refused_; }            // payloads, ever
  [[nodiscard]] std::uint64_t sync_failures() const noexcept;                          // ever
  [[nodiscard]] const std::string& refusal() const noexcept { return refusal_; }       // the latest reason

  static constexpr std::uint64_t kRetryAfterMs = 1000;

 private:
  [[nodiscard]] AppendOutcome store(std::string_view payload, std::uint64_t now_ms) noexcept;
  [[nodiscard]] AppendOutcome synced(AppendOutcome stored) noexcept;
  void prepare_pages(std::uint64_t now_ms) noexcept;
  void prepare_spare(std::size_t steps_left, std::uint64_t now_ms) noexcept;
  [[nodiscard]] bool make_room(std::size_t needed, std::uint64_t now_ms) noexcept;
  [[nodiscard]] bool has_room(std::size_t needed, std::uint64_t now_ms) const noexcept;
  [[nodiscard]] IoResult<Done> check_limit() const;
  [[nodiscard]] IoResult<Done> set_up_spare(std::uint64_t now_ms);
  [[nodiscard]] IoResult<Done> name_spare(std::uint64_t now_ms);
  void drop_spare() noexcept;
  [[nodiscard]] IoResult<Done> open_segment(std::uint64_t now_ms);
  void watch_segment();

  Options options_;
  MappedFile segment_;
  std::size_t at_ = 0;
  std::size_t prepared_ = 0;  // bytes of the segment whose pages are there
  MappedFile spare_;          // the next segment, set up under a name that no reader looks at
  std::string spare_path_;
  bool has_room_for_spare_ = false;
  std::uint64_t opened_at_ms_ = 0;
  bool has_durable_name_ = false;
  bool has_more_ = false;  // than sync() knows of
  std::unique_ptr<SegmentSyncer> syncer_;  // of kInterval, since the first segment
  std::uint64_t opened_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t sync_failures_ = 0;
  std::uint64_t retry_at_ms_ = 0;
  std::string refusal_;
};

}  // namespace refedge::edge
