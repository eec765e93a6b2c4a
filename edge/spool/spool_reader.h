// Reading the spool: the agent ships what nginx's workers append. Spec: docs/protocol.md#spool.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "edge/io_result.h"
#include "edge/spool/segment.h"

namespace refedge::edge {

// Where a record stands.
struct SpoolPlace {
  std::string segment;
  std::size_t offset = 0;
};

struct SpoolRecord {
  SpoolPlace place;
  std::string payload;
};

// The only reader of a directory, used by one thread. It follows running segments as they grow. What it hands out
// comes again until commit() says that it is safe elsewhere, or held: then its segment stays on disk until it is
// released. After a restart everything that is still on disk comes again.
// It holds no segment open between two calls, so that a long backlog costs no descriptors.
class SpoolReader {
 public:
  // open refuses a directory that cannot be read, changed, or that another reader has locked.
  [[nodiscard]] static IoResult<SpoolReader> open(const std::string& directory);

  SpoolReader(SpoolReader&&) noexcept;
  SpoolReader& operator=(SpoolReader&&) = delete;
  ~SpoolReader();

  // next_batch gives up to `max_records` records, oldest segment first, in the order of writing within a segment.
  // Empty: nothing new. Without a commit() in between it gives the same again, and what was added since.
  // Errors: the directory or a segment cannot be read.
  [[nodiscard]] IoResult<std::vector<SpoolRecord>> next_batch(std::size_t max_records);

  // commit marks the last batch as safe, but for those of its records that are `held`. Finished segments that were
  // read to their end and of which nothing is held are deleted; a damaged one is renamed to `<name>.bad` instead,
  // because what follows the damage was never read.
  [[nodiscard]] IoResult<Done> commit(std::span<const SpoolPlace> held = {});

  // read_again gives the payload of a held record. Errors: its segment cannot be read any more.
  [[nodiscard]] IoResult<std::string> read_again(const SpoolPlace& place) const;

  // release marks a held record as safe.
  [[nodiscard]] IoResult<Done> release(const SpoolPlace& place);

  // How many damaged segments this reader has set aside.
  [[nodiscard]] std::uint64_t damaged_segments() const noexcept { return damaged_segments_; }

 private:
  enum class Progress { kMore, kRunning, kFinished, kDamaged };

  struct Segment {
    std::size_t read_to = 0;  // where the records begin that are not committed
    Progress progress = Progress::kMore;
    std::set<std::size_t> held;
  };

  struct Pending {  // what commit() will make of a segment of the last batch
    std::string name;
    std::size_t read_to;
    Progress progress;
  };

  SpoolReader(std::string directory, int fd) : directory_(std::move(directory)), directory_fd_(fd) {}
  [[nodiscard]] IoResult<std::vector<std::string>> list_segments() const;
  [[nodiscard]] IoResult<MappedFile> map_segment(const std::string& name) const;
  [[nodiscard]] IoResult<Done> read_segment(const std::string& name, std::size_t max_records,
                                            std::vector<SpoolRecord>& out);
  [[nodiscard]] bool is_read(const std::string& name) const;
  [[nodiscard]] IoResult<Done> dispose_if_done(const std::string& name);
  [[nodiscard]] IoResult<Done> dispose(const std::string& name, Progress progress);
  void sweep_unfinished(const char* name) const;
  [[nodiscard]] static Progress read_records(const MappedFile& file, std::size_t max_records, Pending& at,
                                             std::vector<SpoolRecord>& out);

  std::string directory_;
  int directory_fd_ = -1;
  std::map<std::string, Segment> segments_;
  std::vector<Pending> pending_;
  std::uint64_t damaged_segments_ = 0;
};

}  // namespace refedge::edge
