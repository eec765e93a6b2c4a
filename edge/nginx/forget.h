// refedge_forget: takes the referral cookie, which no page sees, away. Spec: docs/protocol.md#forget.
#pragma once

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// handle_forget is the content handler of `refedge_forget on`.
ngx_int_t handle_forget(ngx_http_request_t* r);

}  // namespace refedge::edge
