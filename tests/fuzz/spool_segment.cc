// Segments of the spool as a reader finds them after whatever befell the disk: nothing is read beyond the file, what
// is read is what a writer's checksum covers, and a segment is gone or set aside at the end.
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <string>

#include "edge/spool/crc32c.h"
#include "edge/spool/spool_reader.h"
#include "tests/fuzz/target.h"

namespace {

namespace fs = std::filesystem;
using namespace refedge::edge;
using refedge::fuzz::require;

class Directory {
 public:
  Directory() {
    std::string name = (fs::temp_directory_path() / "refedge-fuzz-XXXXXX").string();
    require(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Directory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] fs::path file(const char* name) const { return path_ / name; }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

void write_file(const fs::path& path, std::string_view bytes) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  require(fd >= 0 && ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  ::close(fd);
}

// A fuzzer finds no checksums: gives the records of `segment` theirs.
void mend_checksums(std::string& segment) {
  for (std::size_t at = 0; at + kRecordHeader <= segment.size();) {
    std::uint32_t length = 0;
    std::memcpy(&length, segment.data() + at, sizeof length);
    if (length == kNothingYet || length > kMaxPayload || record_size(length) > segment.size() - at) return;
    const std::uint32_t checksum = crc32c(std::string_view(segment).substr(at + kRecordHeader, length));
    std::memcpy(segment.data() + at + 4, &checksum, sizeof checksum);
    at += record_size(length);
  }
}

std::size_t read_all(SpoolReader& reader) {
  std::size_t bytes = 0;
  while (true) {
    const auto batch = reader.next_batch(3);
    require(batch.has_value());
    for (const SpoolRecord& record : *batch) bytes += record_size(record.payload.size());
    require(reader.commit().has_value());
    if (batch->empty()) return bytes;
  }
}

}  // namespace

// The first byte tells whether the checksums are mended.
REFEDGE_FUZZ_TARGET(spool_segment) {
  static const Directory directory;
  if (input.empty()) return;
  std::string segment(input.substr(1));
  if (input.front() % 2 != 0) mend_checksums(segment);
  const fs::path file = directory.file("1-1-000000.spool");
  write_file(file, segment);
  auto reader = SpoolReader::open(directory.path());
  require(reader.has_value());
  require(read_all(*reader) <= segment.size());
  const bool is_set_aside = fs::remove(directory.file("1-1-000000.spool.bad"));
  require(!fs::exists(file) && is_set_aside == (reader->damaged_segments() == 1));
}
