// Where a fault is, before its name is put together: what goes right costs no string. Private to src/core.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "refedge/errc.h"

namespace refedge {

inline constexpr std::size_t kNoItem = static_cast<std::size_t>(-1);

// `name`, `name[item]` or `name[item].member`; kOk is no fault. The views point into tables or the input.
struct Fault {
  Errc code = Errc::kOk;
  std::string_view name = {};
  std::size_t item = kNoItem;
  std::string_view member = {};
};

[[nodiscard]] Error to_error(const Fault& fault);

}  // namespace refedge
