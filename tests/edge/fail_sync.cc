// A library to preload: a disk that confirms nothing. Tests use it to see which answers wait for the disk.
#include <linux/aio_abi.h>
#include <sys/syscall.h>

#include <cerrno>

#include "tests/edge/syscall_hook.h"

using namespace refedge::edge::testing;

extern "C" __attribute__((visibility("default"))) int fdatasync(int) {
  errno = EIO;
  return -1;
}

extern "C" __attribute__((visibility("default"))) long syscall(long number, ...) noexcept {
  va_list given;
  va_start(given, number);
  const Call call = read_call(number, given);
  va_end(given);
  const long result = pass_on(call);
  if (number == SYS_io_getevents && result == 1) reinterpret_cast<io_event*>(call.arguments[3])->res = -EIO;
  return result;
}
