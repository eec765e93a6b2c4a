// How a fuzzer's bytes become fields: they are split at the unit separator, U+001F, which libFuzzer inserts easily
// where a length-prefixed record would break at every mutation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace refedge::fuzz {

inline constexpr char kSeparator = '\x1F';

inline std::vector<std::string_view> split_fields(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> fields;
  while (true) {
    const std::size_t end = rest.find(kSeparator);
    fields.push_back(rest.substr(0, end));
    if (end == std::string_view::npos) return fields;
    rest.remove_prefix(end + 1);
  }
}

// A broken invariant: libFuzzer keeps the input that leads here.
inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace refedge::fuzz
