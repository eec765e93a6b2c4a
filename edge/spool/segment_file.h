// Segments as files: their names, how one is made, and how much room all of them take. Private to edge/spool.
// Spec: docs/protocol.md#spool.
#pragma once

#include <dirent.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "edge/io_result.h"
#include "edge/spool/segment.h"

namespace refedge::edge {

struct CloseDirectory {
  void operator()(DIR* directory) const noexcept { closedir(directory); }
};
using OpenDirectory = std::unique_ptr<DIR, CloseDirectory>;

// segment_name gives the name of this process's segment of a number, of six digits at least, so that names sort in the
// order of opening. `now_ms`: Unix milliseconds.
[[nodiscard]] std::string segment_name(std::uint64_t now_ms, std::uint64_t number);

// create_segment_file makes a file of so many bytes of zeros, locked, allocated and mapped for writing. Errors name the
// path and the step that failed, and leave no file.
[[nodiscard]] IoResult<MappedFile> create_segment_file(const std::string& path, std::size_t bytes);

// bytes_of_segments adds up the segments of all writers, unfinished ones too. Errors: the directory cannot be read.
[[nodiscard]] IoResult<std::size_t> bytes_of_segments(const std::string& directory);

}  // namespace refedge::edge
