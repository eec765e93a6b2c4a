// The layout of a spool segment, shared by the writer and the reader. Private to edge/spool.
// Spec: docs/protocol.md#spool.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "edge/io_result.h"

namespace refedge::edge {

inline constexpr std::uint32_t kNothingYet = 0;
inline constexpr std::uint32_t kSealed = 0xFFFFFFFF;
inline constexpr std::size_t kRecordHeader = 8;     // length and checksum
inline constexpr std::size_t kMaxPayload = 65 * 1024;  // a conversion's body and what is noted of it
inline constexpr std::string_view kSegmentSuffix = ".spool";
inline constexpr std::string_view kUnfinishedSuffix = ".new";  // a segment that is still being set up
inline constexpr std::string_view kSetAsideSuffix = ".bad";    // what nobody could read or accept

// record_size gives the bytes that a payload takes in a segment: header and padding included.
[[nodiscard]] constexpr std::size_t record_size(std::size_t payload) noexcept {
  return kRecordHeader + (payload + 7) / 8 * 8;
}

// Lengths are read and written in one piece, with acquire and release order: writer and reader are two processes.
// Precondition: `at` is inside the mapping and divisible by 4.
[[nodiscard]] std::uint32_t load_length(const char* at) noexcept;
void store_length(char* at, std::uint32_t length) noexcept;

// A file mapped as a whole; unmapped and closed with the object. Movable, not copyable.
class MappedFile {
 public:
  MappedFile() = default;
  MappedFile(int fd, char* data, std::size_t size) noexcept : fd_(fd), data_(data), size_(size) {}
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  [[nodiscard]] int fd() const noexcept { return fd_; }
  [[nodiscard]] char* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool is_open() const noexcept { return data_ != nullptr; }

 private:
  int fd_ = -1;
  char* data_ = nullptr;
  std::size_t size_ = 0;
};

enum class MapAccess { kRead, kWrite };

// map_file maps `size` bytes of `fd` and takes the descriptor over, on failure too.
[[nodiscard]] IoResult<MappedFile> map_file(int fd, std::size_t size, MapAccess access, const std::string& path);

// errno_error says what failed on which path, with the text of errno.
[[nodiscard]] IoError errno_error(const std::string& path, std::string_view step, int code);

}  // namespace refedge::edge
