// The WebAssembly modules in Node, behind two pipes: the same record in, the bytes of a response out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace refedge::fuzz {

struct PeerResponse {
  std::uint32_t status = 0;
  std::string bytes;
};

class WasmPeer {
 public:
  // Starts tests/fuzz/tools/wasm_peer.mjs. It ends with the pipe, and so with this process.
  WasmPeer();

  // call runs an operation there. The process ends when the peer does: a module has trapped, or the two disagree.
  [[nodiscard]] PeerResponse call(std::string_view operation, std::string_view record) const;

 private:
  int to_peer_ = -1;
  int from_peer_ = -1;
};

}  // namespace refedge::fuzz
