#include "tests/fuzz/wasm_peer.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "capi/record.h"
#include "tests/fuzz/target.h"

namespace refedge::fuzz {
namespace {

constexpr int kReadEnd = 0;
constexpr int kWriteEnd = 1;

void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    require(written > 0);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void read_all(int fd, char* to, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::read(fd, to, size);
    require(got > 0);
    to += got;
    size -= static_cast<std::size_t>(got);
  }
}

[[noreturn]] void become_peer(const std::array<int, 2>& input, const std::array<int, 2>& output) {
  ::dup2(input[kReadEnd], STDIN_FILENO);
  ::dup2(output[kWriteEnd], STDOUT_FILENO);
  for (const int fd : {input[kReadEnd], input[kWriteEnd], output[kReadEnd], output[kWriteEnd]}) ::close(fd);
  ::execlp("node", "node", REFEDGE_FUZZ_WASM_PEER, nullptr);
  ::_exit(127);
}

}  // namespace

WasmPeer::WasmPeer() {
  ::signal(SIGPIPE, SIG_IGN);  // a peer that has ended shows as an error of the write
  std::array<int, 2> input{};
  std::array<int, 2> output{};
  require(::pipe(input.data()) == 0 && ::pipe(output.data()) == 0);
  const pid_t child = ::fork();
  require(child >= 0);
  if (child == 0) become_peer(input, output);
  ::close(input[kReadEnd]);
  ::close(output[kWriteEnd]);
  to_peer_ = input[kWriteEnd];
  from_peer_ = output[kReadEnd];
}

PeerResponse WasmPeer::call(std::string_view operation, std::string_view record) const {
  std::string message;
  capi::append_record_field(message, operation);
  capi::append_record_field(message, record);
  write_all(to_peer_, message);
  std::array<std::uint32_t, 2> status_and_length{};
  read_all(from_peer_, reinterpret_cast<char*>(status_and_length.data()), sizeof status_and_length);
  PeerResponse response{status_and_length[0], std::string(status_and_length[1], '\0')};
  read_all(from_peer_, response.bytes.data(), response.bytes.size());
  return response;
}

}  // namespace refedge::fuzz
