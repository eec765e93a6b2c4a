#include "edge/spool/spool_writer.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <utility>

#include "edge/spool/crc32c.h"
#include "edge/spool/segment_file.h"

namespace refedge::edge {
namespace {

constexpr std::size_t kAhead = std::size_t{64} << 10;

// Nothing but zeros is there yet. What cannot be written is left to the page faults.
void write_zeros(int fd, std::size_t at, std::size_t length) noexcept {
  static constexpr std::array<char, kAhead> kZeros{};
  const ssize_t written = pwrite(fd, kZeros.data(), length, static_cast<off_t>(at));
  static_cast<void>(written);
}

}  // namespace

SpoolWriter::~SpoolWriter() {
  seal();
  drop_spare();
}

void SpoolWriter::seal() noexcept {
  if (!segment_.is_open()) return;
  store_length(segment_.data() + at_, kSealed);
  if (syncer_) syncer_->retire();
  segment_ = MappedFile();
}

AppendOutcome SpoolWriter::append(std::string_view payload, std::uint64_t now_ms) noexcept {
  const AppendOutcome stored = store(payload, now_ms);
  return options_.sync == SpoolSync::kEach ? synced(stored) : stored;
}

AppendOutcome SpoolWriter::append_durably(std::string_view payload, std::uint64_t now_ms) noexcept {
  const AppendOutcome stored = store(payload, now_ms);
  return options_.sync == SpoolSync::kOff ? stored : synced(stored);
}

AppendOutcome SpoolWriter::store(std::string_view payload, std::uint64_t now_ms) noexcept {
  const std::size_t needed = record_size(payload.size());
  // A segment keeps room for its seal.
  if (payload.empty() || payload.size() > kMaxPayload || needed + kRecordHeader > options_.segment_bytes)
    return AppendOutcome::kTooLong;
  if (!make_room(needed, now_ms)) {
    ++refused_;
    return AppendOutcome::kRefused;
  }
  while (prepared_ < at_ + needed) prepare_pages(now_ms);
  char* record = segment_.data() + at_;
  const std::uint32_t checksum = crc32c(payload);
  std::memcpy(record + 4, &checksum, sizeof checksum);
  std::memcpy(record + kRecordHeader, payload.data(), payload.size());
  store_length(record, static_cast<std::uint32_t>(payload.size()));
  at_ += needed;
  has_more_ = true;
  return AppendOutcome::kStored;
}

bool SpoolWriter::sync() noexcept {
  if (!syncer_) return false;
  if (std::exchange(has_more_, false)) syncer_->touch();
  return syncer_->sync();
}

// The first write to a page of the mapping is a fault, every twenty clicks: pages that are asked for ahead, many at a
// time, cost a part of that, and half of this part where zeros were written first, which makes them all at once. A
// kernel before 5.14 does not map them ahead, and each faults as it is written. Pages that are full are let go
// meanwhile: all of a segment's at its end would be a tenth of a millisecond.
void SpoolWriter::prepare_pages(std::uint64_t now_ms) noexcept {
  const std::size_t full = at_ / kAhead * kAhead;
  if (full != 0) static_cast<void>(madvise(segment_.data() + full - kAhead, kAhead, MADV_DONTNEED));
  const std::size_t left = segment_.size() - prepared_;
  const std::size_t length = std::min(kAhead, left);
  write_zeros(segment_.fd(), prepared_, length);
#ifdef MADV_POPULATE_WRITE
  static_cast<void>(madvise(segment_.data() + prepared_, length, MADV_POPULATE_WRITE));
#endif
  prepared_ += length;
  prepare_spare(left / kAhead, now_ms);
}

// The next segment is set up before this one is full, a step at a time: all of it at once would hold up the clicks of a
// third of a millisecond. What cannot be had is asked for again, and told, when this one is full.
void SpoolWriter::prepare_spare(std::size_t steps_left, std::uint64_t now_ms) noexcept {
  try {
    if (steps_left == 3) has_room_for_spare_ = static_cast<bool>(check_limit());
    if (steps_left == 2 && has_room_for_spare_) static_cast<void>(set_up_spare(now_ms));
  } catch (const std::exception&) {
    // Out of memory.
  }
}

// The whole file is synced: a record behind a page that is not on the disk could not be read again.
AppendOutcome SpoolWriter::synced(AppendOutcome stored) noexcept {
  if (stored != AppendOutcome::kStored) return stored;
  if (!has_durable_name_) has_durable_name_ = sync_directory(options_.directory);
  if (has_durable_name_ && sync_file(segment_.fd())) return AppendOutcome::kStored;
  const int code = errno;
  ++sync_failures_;
  try {
    refusal_ = errno_error(options_.directory, "sync", code).message;
  } catch (const std::exception&) {
    // Out of memory: the count tells.
  }
  return AppendOutcome::kNotSynced;
}

std::uint64_t SpoolWriter::sync_failures() const noexcept {
  return sync_failures_ + (syncer_ ? syncer_->failures() : 0);
}

bool SpoolWriter::has_room(std::size_t needed, std::uint64_t now_ms) const noexcept {
  if (!segment_.is_open() || at_ + needed + kRecordHeader > segment_.size()) return false;
  return options_.rotate_after_ms == 0 || now_ms < opened_at_ms_ + options_.rotate_after_ms;
}

bool SpoolWriter::make_room(std::size_t needed, std::uint64_t now_ms) noexcept {
  if (has_room(needed, now_ms)) return true;
  seal();
  // A clock that was set back must not stop the retries for long.
  const bool too_early = now_ms < retry_at_ms_ && retry_at_ms_ - now_ms <= kRetryAfterMs;
  if (too_early) return false;
  retry_at_ms_ = now_ms + kRetryAfterMs;
  try {
    const auto opened = open_segment(now_ms);
    if (opened) {
      retry_at_ms_ = 0;
      return true;
    }
    refusal_ = opened.message();
  } catch (const std::exception&) {
    // Out of memory: the reason could not be written down either, the count tells.
  }
  return false;
}

IoResult<std::size_t> SpoolWriter::bytes_in_use() const { return bytes_of_segments(options_.directory); }

IoResult<Done> SpoolWriter::check_limit() const {
  const auto used = bytes_in_use();
  if (!used) return IoError{used.message()};
  if (*used + options_.segment_bytes <= options_.max_bytes) return Done{};
  return IoError{"spool " + options_.directory + ": full: " + std::to_string(*used) + " of " +
                 std::to_string(options_.max_bytes) + " bytes wait to be shipped"};
}

// The segment gets its real name only when it is locked and allocated: a reader that sees the name with a free lock may
// conclude that the writer is gone.
IoResult<Done> SpoolWriter::set_up_spare(std::uint64_t now_ms) {
  std::string path = options_.directory + "/" + segment_name(now_ms, opened_);
  path.append(kUnfinishedSuffix);
  auto created = create_segment_file(path, options_.segment_bytes);
  if (!created) return IoError{created.message()};
  spare_ = *std::move(created);
  spare_path_ = std::move(path);
  return Done{};
}

// A spare that gets no name is none: what is left of it must not count against the limit.
IoResult<Done> SpoolWriter::name_spare(std::uint64_t now_ms) {
  const std::string path = options_.directory + "/" + segment_name(now_ms, opened_++);
  if (rename(spare_path_.c_str(), path.c_str()) != 0) {
    auto failed = errno_error(path, "rename", errno);
    drop_spare();
    return failed;
  }
  segment_ = std::exchange(spare_, MappedFile());
  return Done{};
}

void SpoolWriter::drop_spare() noexcept {
  if (!spare_.is_open()) return;
  unlink(spare_path_.c_str());
  spare_ = MappedFile();
}

IoResult<Done> SpoolWriter::open_segment(std::uint64_t now_ms) {
  // Readers sweep away what waits for its name for too long.
  if (!spare_.is_open() || !name_spare(now_ms)) {
    if (auto allowed = check_limit(); !allowed) return allowed;
    if (auto set_up = set_up_spare(now_ms); !set_up) return set_up;
    if (auto named = name_spare(now_ms); !named) return named;
  }
  at_ = 0;
  opened_at_ms_ = now_ms;
  has_durable_name_ = false;
  prepared_ = 0;
  if (options_.sync == SpoolSync::kInterval) watch_segment();
  return Done{};
}

// A segment that cannot be watched is a good one all the same; that it is not synced is counted.
void SpoolWriter::watch_segment() {
  try {
    if (!syncer_) syncer_ = std::make_unique<SegmentSyncer>(options_.directory);
    if (!syncer_->watch(segment_.fd())) ++sync_failures_;
  } catch (const std::exception&) {
    ++sync_failures_;
  }
}

}  // namespace refedge::edge
