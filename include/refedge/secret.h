// Handling secrets: wiping and constant-time comparison.
#pragma once

#include <string>
#include <string_view>

namespace refedge {

// wipe overwrites the whole capacity of `secret` with zeros, in a way that the compiler keeps, and
// leaves it empty.
void wipe(std::string& secret) noexcept;

// constant_time_equal compares `a` and `b` in a time that depends on the length of `a` alone, whatever
// the contents and whether or not the lengths agree. Pass what the caller sent as `a`, the secret as `b`.
[[nodiscard]] bool constant_time_equal(std::string_view a, std::string_view b) noexcept;

}  // namespace refedge
