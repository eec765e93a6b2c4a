#include "edge/spool/segment_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace refedge::edge {
namespace {

bool is_segment(std::string_view name) noexcept {
  return name.ends_with(kSegmentSuffix) || name.ends_with(kUnfinishedSuffix);
}

// Locks and allocates a file that nobody else looks at yet.
IoResult<Done> prepare(int fd, std::size_t bytes, const std::string& path) {
  // The agent's group reads segments; umask is the web server's business and not asked.
  if (fchmod(fd, 0640) != 0) return errno_error(path, "chmod", errno);
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) return errno_error(path, "lock", errno);
  if (const int code = posix_fallocate(fd, 0, static_cast<off_t>(bytes))) return errno_error(path, "allocate", code);
  return Done{};
}

}  // namespace

std::string segment_name(std::uint64_t now_ms, std::uint64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  return std::to_string(now_ms) + "-" + std::to_string(getpid()) + "-" + digits + std::string(kSegmentSuffix);
}

IoResult<MappedFile> create_segment_file(const std::string& path, std::size_t bytes) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return errno_error(path, "create", errno);
  if (const auto prepared = prepare(fd, bytes, path); !prepared) {
    close(fd);
    unlink(path.c_str());
    return IoError{prepared.message()};
  }
  auto mapped = map_file(fd, bytes, MapAccess::kWrite, path);
  if (!mapped) unlink(path.c_str());
  return mapped;
}

IoResult<std::size_t> bytes_of_segments(const std::string& directory_path) {
  const OpenDirectory directory(opendir(directory_path.c_str()));
  if (directory == nullptr) return errno_error(directory_path, "open", errno);
  std::size_t bytes = 0;
  while (const dirent* entry = readdir(directory.get())) {
    struct stat status {};
    if (!is_segment(entry->d_name)) continue;
    if (fstatat(dirfd(directory.get()), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;  // just deleted
    bytes += static_cast<std::size_t>(status.st_size);
  }
  return bytes;
}

}  // namespace refedge::edge
