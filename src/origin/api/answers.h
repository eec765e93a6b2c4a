// The answers that endpoints share. Spec: docs/protocol.md#origin-http-api.
#pragma once

#include <string>
#include <string_view>

#include "origin/api/request.h"
#include "refedge/errc.h"

namespace refedge::origin {

[[nodiscard]] Response json_answer(unsigned status, std::string body);

// error_answer writes {"errors":[{"field":…,"reason":…,"message":…}]}.
[[nodiscard]] Response error_answer(unsigned status, std::string_view field, std::string_view reason,
                                    std::string_view message);

// refusal answers 422 with what the core says of `error`.
[[nodiscard]] Response refusal(const Error& error);

// unauthorized answers 401, the same for whoever is asked about.
[[nodiscard]] Response unauthorized();

// not_found answers 404 for what `field` names; an empty field stands for the path.
[[nodiscard]] Response not_found(std::string_view field);

}  // namespace refedge::origin
