// What stands behind the directory in `refedge_spool`.
#pragma once

#include "edge/nginx/config.h"
#include "edge/nginx/ngx.h"

namespace refedge::edge {

// set_spool_options reads the directive's arguments from the second on into `config`. An error names the
// argument and what it may be.
[[nodiscard]] char* set_spool_options(ngx_conf_t* cf, MainConfig& config);

}  // namespace refedge::edge
