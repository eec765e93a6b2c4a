// Randomness of the operating system, in the shapes that the origin needs.
#pragma once

#include <cstddef>
#include <string>

namespace refedge::origin {

// random_bytes returns `size` bytes of getrandom(2), which waits until the kernel has gathered enough.
[[nodiscard]] std::string random_bytes(std::size_t size);

// make_uuid returns a UUID version 4 in lower case. Spec: RFC 9562 section 5.4.
[[nodiscard]] std::string make_uuid();

// make_new_share_code returns a code by the core's make_share_code: 60 random bits.
[[nodiscard]] std::string make_new_share_code();

}  // namespace refedge::origin
