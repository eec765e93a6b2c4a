// The one shape of an error in an answer. Spec: docs/protocol.md#origin-http-api.
#pragma once

#include <string>
#include <string_view>

#include "refedge/errc.h"

namespace refedge {

// error_json writes {"errors":[{"field":…,"reason":…,"message":…}]}; the texts are UTF-8.
[[nodiscard]] std::string error_json(std::string_view field, std::string_view reason,
                                     std::string_view message);

// error_json writes what the core says of `error`.
[[nodiscard]] std::string error_json(const Error& error);

}  // namespace refedge
