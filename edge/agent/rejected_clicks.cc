#include "edge/agent/rejected_clicks.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "edge/agent/click_batch.h"
#include "refedge/hex.h"
#include "refedge/json_writer.h"

namespace refedge::edge {
namespace {

std::string describe(const std::string& payload, std::string_view reason) {
  std::string line = "{\"reason\":";
  append_json_string(line, reason);
  const auto click = decode_click(payload);
  if (click) line.append(",\"click\":").append(write_click(*click));
  else line.append(",\"payload_hex\":\"").append(hex_encode(payload)).append("\"");
  return line.append("}\n");
}

bool write_durably(int fd, const std::string& line) {
  return write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && fdatasync(fd) == 0;
}

}  // namespace

IoResult<Done> RejectedClicks::park(const std::string& payload, std::string_view reason) {
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
