// Syncs that nobody waits for: the kernel's asynchronous I/O, io_submit(2), by its own calls, as nginx makes them. Private to edge/spool.
#pragma once

#include <linux/aio_abi.h>

#include <cstdint>

namespace refedge::edge {

class DiskQueue {
 public:
  enum class Sync { kContent, kName };  // of a file, fdatasync(2); of a directory, fsync(2): the names in it

  // What has come of a sync: `id` is what start() was given, `error` an errno, 0 where the disk has confirmed it.
  struct Result {
    std::uint64_t id;
    int error;
  };

  static constexpr unsigned kMaxUnderWay = 128;

  DiskQueue() noexcept;
  DiskQueue(const DiskQueue&) = delete;
  DiskQueue& operator=(const DiskQueue&) = delete;
  ~DiskQueue() { end(); }

  // start starts one sync; `fd` may be closed afterwards. False, with nothing started: the system has no such I/O or
  // gives this process none (containers), the file system knows no sync, or kMaxUnderWay are under way.
  [[nodiscard]] bool start(int fd, Sync sync, std::uint64_t id) noexcept;

  // finished gives a sync that is over, once. False: there is none now. It waits for nothing.
  [[nodiscard]] bool finished(Result& result) noexcept;

  // end waits for what is under way. Nothing can be started afterwards.
  void end() noexcept;

 private:
  aio_context_t context_ = 0;
};

}  // namespace refedge::edge
