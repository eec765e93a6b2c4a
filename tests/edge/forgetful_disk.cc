#include "tests/edge/forgetful_disk.h"

#include <linux/aio_abi.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "edge/spool/disk_queue.h"
#include "tests/edge/syscall_hook.h"

namespace refedge::edge::testing {

Disk& disk() {
  static Disk the_disk;
  return the_disk;
}

void Disk::confirm_all() {
  for (Sync& sync : under_way) {
    if (fail_with == 0) keep(sync);
    finished.push_back(std::move(sync));
  }
  under_way.clear();
}

void Disk::keep(const Sync& sync) {
  if (!sync.names.empty()) names.insert(sync.names.begin(), sync.names.end());
  else contents[sync.inode] = sync.content;
}

namespace {

std::string path_of(int fd) { return std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(fd)); }

Disk::Sync sync_of(int fd, std::uint64_t id) {
  struct stat status {};
  fstat(fd, &status);
  Disk::Sync sync{id, status.st_ino, {}, {}};
  if (!S_ISDIR(status.st_mode)) {
    std::ifstream file("/proc/self/fd/" + std::to_string(fd), std::ios::binary);
    sync.content.assign(std::istreambuf_iterator<char>(file), {});
    return sync;
  }
  for (const auto& entry : std::filesystem::directory_iterator(path_of(fd)))
    if (stat(entry.path().c_str(), &status) == 0) sync.names[entry.path().filename()] = status.st_ino;
  return sync;
}

int sync(int fd) {
  ++disk().waits;
  errno = disk().fail_with;
  if (disk().fail_with != 0) return -1;
  disk().keep(sync_of(fd, 0));
  return 0;
}

long set_up(aio_context_t* context) {
  errno = disk().setup_fails_with;
  if (disk().setup_fails_with != 0) return -1;
  *context = 1;
  return 0;
}

long submit(iocb** requests) {
  if (disk().under_way.size() + disk().finished.size() >= DiskQueue::kMaxUnderWay) {
    errno = EAGAIN;
    return -1;
  }
  disk().under_way.push_back(sync_of(static_cast<int>(requests[0]->aio_fildes), requests[0]->aio_data));
  return 1;
}

long get_event(io_event* event) {
  if (disk().finished.empty()) return 0;
  *event = {disk().finished.front().id, 0, -disk().fail_with, 0};
  disk().finished.pop_front();
  return 1;
}

long destroy() {
  disk().confirm_all();
  disk().finished.clear();
  return 0;
}

}  // namespace
}  // namespace refedge::edge::testing

using namespace refedge::edge::testing;

extern "C" int fdatasync(int fd) { return sync(fd); }
extern "C" int fsync(int fd) { return sync(fd); }

extern "C" long syscall(long number, ...) noexcept {
  va_list given;
  va_start(given, number);
  const Call call = read_call(number, given);
  va_end(given);
  const auto& arguments = call.arguments;
  if (disk().is_watched) {
    if (number == SYS_io_setup) return set_up(reinterpret_cast<aio_context_t*>(arguments[1]));
    if (number == SYS_io_submit) return submit(reinterpret_cast<iocb**>(arguments[2]));
    if (number == SYS_io_getevents) return get_event(reinterpret_cast<io_event*>(arguments[3]));
    if (number == SYS_io_destroy) return destroy();
  }
  return pass_on(call);
}
