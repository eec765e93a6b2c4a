// Where clicks and conversions go that cannot be delivered: kept for a person to look at, out of the way of the others.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "edge/io_result.h"

namespace refedge::edge {

// Appends to `<spool>/rejected.bad`, one JSON line a record: {"reason":...,"click":...}, {"reason":...,"conversion":...}
// or, for a payload that does not decode, {"reason":...,"payload_hex":...}.
class RejectedRecords {
 public:
  explicit RejectedRecords(const std::string& spool_directory) : path_(spool_directory + "/rejected.bad") {}

  // park stores a payload durably, once between two calls of forget(). Errors: the file cannot be written.
  [[nodiscard]] IoResult<Done> park(const std::string& payload, std::string_view reason);

  // forget is called when the parked payloads have left the spool and cannot come again.
  void forget() { parked_.clear(); }

 private:
  std::string path_;
  std::set<std::string> parked_;  // a batch comes again when a later part of it fails
};

}  // namespace refedge::edge
