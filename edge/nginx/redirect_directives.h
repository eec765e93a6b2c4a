// The directives of content handlers, and of their answers.
#pragma once

#include "edge/nginx/ngx.h"

namespace refedge::edge {

char* set_redirect(ngx_conf_t* cf, ngx_command_t* command, void* data);
char* set_forget(ngx_conf_t* cf, ngx_command_t* command, void* data);
char* set_status(ngx_conf_t* cf, ngx_command_t* command, void* data);
char* set_query(ngx_conf_t* cf, ngx_command_t* command, void* data);
char* set_fallback(ngx_conf_t* cf, ngx_command_t* command, void* data);
char* set_referrer_policy(ngx_conf_t* cf, ngx_command_t* command, void* data);

extern ngx_conf_post_t repeat_window_check;

}  // namespace refedge::edge
