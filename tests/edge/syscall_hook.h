// For a test's own syscall(2): what a call was given, and the way on to the kernel.
#pragma once

#include <dlfcn.h>

#include <array>
#include <cstdarg>

namespace refedge::edge::testing {

struct Call {
  long number;
  std::array<long, 6> arguments;
};

inline Call read_call(long number, va_list given) {
  Call call{number, {}};
  for (long& argument : call.arguments) argument = va_arg(given, long);
  return call;
}

inline long pass_on(const Call& call) {
  static auto* const real = reinterpret_cast<long (*)(long, ...)>(dlsym(RTLD_NEXT, "syscall"));
  const auto& [a, b, c, d, e, f] = call.arguments;
  return real(call.number, a, b, c, d, e, f);
}

}  // namespace refedge::edge::testing
