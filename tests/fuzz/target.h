// A fuzzing target: a function over bytes that ends the process when something does not hold.
#pragma once

#include <string_view>
#include <vector>

namespace refedge::fuzz {

struct Target {
  std::string_view name;
  void (*run)(std::string_view input);
};

// The targets of the program, in no order.
[[nodiscard]] std::vector<Target>& targets();

struct Registration {
  explicit Registration(Target target) { targets().push_back(target); }
};

// A broken invariant: libFuzzer keeps the input that leads here.
inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

// Bytes become fields by being split at the unit separator, U+001F, which libFuzzer inserts easily where a
// length-prefixed record would break at every mutation.
inline constexpr char kSeparator = '\x1F';

[[nodiscard]] std::vector<std::string_view> split_fields(std::string_view input);

}  // namespace refedge::fuzz

// REFEDGE_FUZZ_TARGET(name) { ... } defines the target `name` over the bytes `input`.
#define REFEDGE_FUZZ_TARGET(name)                                                 \
  static void fuzz_##name(std::string_view input);                                \
  static const refedge::fuzz::Registration registration_##name({#name, fuzz_##name}); \
  static void fuzz_##name(std::string_view input)
