// The body of a request.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// copy_request_body gives the body that ngx_http_read_client_request_body has read, in one piece in the
// request's pool; none when it is longer than `max_bytes`. Throws std::bad_alloc, and std::runtime_error when
// nginx's temporary file cannot be read.
[[nodiscard]] std::optional<std::string_view> copy_request_body(ngx_http_request_t* r, std::size_t max_bytes);

}  // namespace refedge::edge
