// refedge_consent: who has agreed to a cookie.
#pragma once

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// set_consent reads `refedge_consent off | [cookie=<name>[:<values>] | header=<name>[:<values>]]
// [gpc=honour|ignore] [dnt=honour|ignore]`. Without values any value means yes.
char* set_consent(ngx_conf_t* cf, ngx_command_t* command, void* data);

}  // namespace refedge::edge
