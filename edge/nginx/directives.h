// The module's directives: their names, contexts and setters.
#pragma once

#include "edge/nginx/ngx.h"

namespace refedge::edge {

extern ngx_command_t directives[];

}  // namespace refedge::edge
