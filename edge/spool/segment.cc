#include "edge/spool/segment.h"

#include <sys/mman.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

namespace refedge::edge {

static_assert(std::endian::native == std::endian::little, "segments are little-endian and mapped as they are");

std::uint32_t load_length(const char* at) noexcept {
  return __atomic_load_n(reinterpret_cast<const std::uint32_t*>(at), __ATOMIC_ACQUIRE);
}

void store_length(char* at, std::uint32_t length) noexcept {
  __atomic_store_n(reinterpret_cast<std::uint32_t*>(at), length, __ATOMIC_RELEASE);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) munmap(data_, size_);
  if (fd_ >= 0) close(fd_);
}

IoResult<MappedFile> map_file(int fd, std::size_t size, MapAccess access, const std::string& path) {
  const int protection = access == MapAccess::kWrite ? PROT_READ | PROT_WRITE : PROT_READ;
  void* data = mmap(nullptr, size, protection, MAP_SHARED, fd, 0);
  if (data != MAP_FAILED) return MappedFile(fd, static_cast<char*>(data), size);
  const int code = errno;
  close(fd);
  return errno_error(path, "mmap", code);
}

IoError errno_error(const std::string& path, std::string_view step, int code) {
  std::string message = "spool " + path + ": ";
  message.append(step).append(": ").append(std::strerror(code));
  return IoError{std::move(message)};
}

}  // namespace refedge::edge
