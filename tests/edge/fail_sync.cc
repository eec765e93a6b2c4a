// A library to preload: a disk that confirms nothing. Tests use it to see which answers wait for the disk.
#include <cerrno>

extern "C" __attribute__((visibility("default"))) int fdatasync(int) {
  errno = EIO;
  return -1;
}
