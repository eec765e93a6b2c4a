// A bare hash, for what integrators compare by hash: e-mail addresses, mostly. Spec: docs/protocol.md#hashes.
#pragma once

#include <string>
#include <string_view>

namespace refedge {

// hash_sha256 gives the SHA-256 of `bytes` as 64 lower-case hex digits. Spec: FIPS 180-4 section 6.2.
// Example: "abc" -> ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
[[nodiscard]] std::string hash_sha256(std::string_view bytes);

}  // namespace refedge
