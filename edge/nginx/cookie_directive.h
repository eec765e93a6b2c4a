// refedge_cookie: how the referral cookie looks.
#pragma once

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// set_cookie reads `refedge_cookie [name=<n>] [domain=auto|off|<d>] [max_age=<time>]
// [samesite=lax|strict|none] [secure|nosecure] [httponly|nohttponly]`.
char* set_cookie(ngx_conf_t* cf, ngx_command_t* command, void* data);

}  // namespace refedge::edge
