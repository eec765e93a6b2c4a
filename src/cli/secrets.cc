#include "cli/secrets.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>

#include "refedge/secret.h"

namespace refedge::cli {
namespace {

constexpr std::size_t kMaxSecretFileBytes = 64 * 1024;

// Reads at most `out.size()` bytes; returns how many, or -1. Plain read(2): a stdio or stream buffer
// would keep a copy that cannot be wiped.
ssize_t read_up_to(int descriptor, std::string& out) {
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t n = ::read(descriptor, out.data() + done, out.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return static_cast<ssize_t>(done);
}

void drop_line_break(std::string& text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
}

Result<std::string> read_secret_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error{Errc::kNotFound, "secret_file"};
  std::string secret(kMaxSecretFileBytes + 1, '\0');
  const ssize_t size = read_up_to(descriptor, secret);
  ::close(descriptor);
  if (size < 0 || static_cast<std::size_t>(size) > kMaxSecretFileBytes) {
    wipe(secret);
    return Error{size < 0 ? Errc::kNotFound : Errc::kTooLong, "secret_file"};
  }
  secret.resize(static_cast<std::size_t>(size));
  drop_line_break(secret);
  return secret;
}

}  // namespace

Result<std::string> read_secret(const char* env_name, const std::string& file_path) {
  if (!file_path.empty()) {
    auto secret = read_secret_file(file_path);
    if (secret && secret->empty()) return Error{Errc::kMissingField, env_name};
    return secret;
  }
  const char* value = std::getenv(env_name);
  if (value == nullptr || *value == '\0') return Error{Errc::kMissingField, env_name};
  return std::string(value);
}

}  // namespace refedge::cli
