// A library to preload: it writes a line into the file $REFEDGE_SYNCS for each asynchronous sync that the kernel is asked for: the path of what
// is synced.
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/edge/syscall_hook.h"

using namespace refedge::edge::testing;

namespace {

void tell(const iocb& request) {
  const std::string line = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(request.aio_fildes)).string() + "\n";
  const int out = open(std::getenv("REFEDGE_SYNCS"), O_WRONLY | O_APPEND);
  if (out < 0 || write(out, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
  close(out);
}

}  // namespace

extern "C" __attribute__((visibility("default"))) long syscall(long number, ...) noexcept {
  va_list given;
  va_start(given, number);
  const Call call = read_call(number, given);
  va_end(given);
  if (number == SYS_io_submit) tell(**reinterpret_cast<iocb**>(call.arguments[2]));
  return pass_on(call);
}
