// Reading the spool: the agent ships what nginx's workers append. Spec: docs/protocol.md#spool.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "edge/io_result.h"
#include "edge/spool/segment.h"

namespace refedge::edge {

// The only reader of a directory, used by one thread. It follows running segments as they grow. What it hands out
// comes again until commit() says that it is safe elsewhere; after a restart everything that is still on disk does.
// It holds no segment open between two calls, so that a long backlog costs no descriptors.
class SpoolReader {
 public:
  // open refuses a directory that cannot be read, changed, or that another reader has locked.
  [[nodiscard]] static IoResult<SpoolReader> open(const std::string& directory);

  SpoolReader(SpoolReader&&) noexcept;
  SpoolReader& operator=(SpoolReader&&) = delete;
  ~SpoolReader();

  // next_batch gives up to `max_records` payloads, oldest segment first, in the order of writing within a segment.
  // Empty: nothing new. Without a commit() in between it gives the same again, and what was added since.
  // Errors: the directory or a segment cannot be read.
  [[nodiscard]] IoResult<std::vector<std::string>> next_batch(std::size_t max_records);

  // commit marks the last batch as safe. Finished segments that were read to their end are deleted; a damaged one
  // is renamed to `<name>.bad` instead, because what follows the damage was never read.
  [[nodiscard]] IoResult<Done> commit();

  // How many damaged segments this reader has set aside.
  [[nodiscard]] std::uint64_t damaged_segments() const noexcept { return damaged_segments_; }

 private:
  enum class Progress { kMore, kRunning, kFinished, kDamaged };

  struct Pending {  // what commit() will make of a segment of the last batch
    std::string name;
    std::size_t read_to;
    Progress progress;
  };

  SpoolReader(std::string directory, int fd) : directory_(std::move(directory)), directory_fd_(fd) {}
  [[nodiscard]] IoResult<std::vector<std::string>> list_segments() const;
  [[nodiscard]] IoResult<Done> read_segment(const std::string& name, std::size_t max_records,
                                            std::vector<std::string>& out);
  [[nodiscard]] IoResult<Done> dispose(const Pending& segment);
  void sweep_unfinished(const char* name) const;
  [[nodiscard]] static Progress read_records(const MappedFile& file, std::size_t max_records, std::size_t& at,
                                             std::vector<std::string>& out);

  std::string directory_;
  int directory_fd_ = -1;
  std::map<std::string, std::size_t> committed_;  // by segment: where the records begin that are not yet safe
  std::vector<Pending> pending_;
  std::uint64_t damaged_segments_ = 0;
};

}  // namespace refedge::edge
