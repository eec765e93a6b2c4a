#include "edge/agent/rejected_records.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "edge/agent/click_batch.h"
#include "edge/agent/conversion_batch.h"
#include "refedge/hex.h"
#include "refedge/json_writer.h"
#include "refedge/utf8.h"

namespace refedge::edge {
namespace {

std::string describe_payload(const std::string& payload) {
  if (const auto click = decode_click(payload)) return "\"click\":" + write_click(*click);
  const auto conversion = decode_conversion(payload);
  // In hex too when it is no text: the file is JSON in UTF-8.
  if (conversion && is_valid_utf8(payload)) return "\"conversion\":" + write_conversion(*conversion);
  return "\"payload_hex\":\"" + hex_encode(payload) + "\"";
}

std::string describe(const std::string& payload, std::string_view reason) {
  std::string line = "{\"reason\":";
  append_json_string(line, reason);
  return line.append(",").append(describe_payload(payload)).append("}\n");
}

bool write_durably(int fd, const std::string& line) {
  return write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && fdatasync(fd) == 0;
}

}  // namespace

IoResult<Done> RejectedRecords::park(const std::string& payload, std::string_view reason) {
  if (parked_.contains(payload)) return Done{};
  const int fd = open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
  const bool written = fd >= 0 && write_durably(fd, describe(payload, reason));
  const int code = errno;
  if (fd >= 0) close(fd);
  if (!written) return IoError{path_ + ": " + std::strerror(code)};
  parked_.insert(payload);
  return Done{};
}

}  // namespace refedge::edge
