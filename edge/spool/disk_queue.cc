#include "edge/spool/disk_queue.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>
#include <utility>

namespace refedge::edge {

DiskQueue::DiskQueue() noexcept {
  if (syscall(SYS_io_setup, kMaxUnderWay, &context_) != 0) context_ = 0;
}

bool DiskQueue::start(int fd, Sync sync, std::uint64_t id) noexcept {
  if (context_ == 0) return false;
  iocb request{};
  request.aio_data = id;
  request.aio_fildes = static_cast<std::uint32_t>(fd);
  request.aio_lio_opcode = sync == Sync::kContent ? IOCB_CMD_FDSYNC : IOCB_CMD_FSYNC;
  iocb* requests[] = {&request};
  return syscall(SYS_io_submit, context_, 1L, requests) == 1;
}

bool DiskQueue::finished(Result& result) noexcept {
  if (context_ == 0) return false;
  io_event event{};
  timespec no_time{};
  if (syscall(SYS_io_getevents, context_, 0L, 1L, &event, &no_time) != 1) return false;
  result = {event.data, static_cast<int>(-event.res)};
  return true;
}

void DiskQueue::end() noexcept {
  if (context_ != 0) syscall(SYS_io_destroy, std::exchange(context_, 0));
}

}  // namespace refedge::edge
