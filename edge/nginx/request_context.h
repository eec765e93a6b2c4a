// What the module remembers of a request, for its variables.
#pragma once

#include <string_view>
#include <type_traits>

#include "edge/nginx/ngx.h"

namespace refedge::edge {

struct RequestContext {
  std::string_view code;      // in the request's pool
  std::string_view click_id;  // in the request's pool
  std::string_view verdict;   // a name of the core's
};
static_assert(std::is_trivially_destructible_v<RequestContext>, "nginx frees it without a destructor");

// make_context gives the request's context, a new one where it has none. Throws std::bad_alloc.
[[nodiscard]] RequestContext& make_context(ngx_http_request_t* r);

// The variables $refedge_code, $refedge_click_id and $refedge_verdict, for logs; absent where nothing is known.
ngx_int_t add_variables(ngx_conf_t* cf);

}  // namespace refedge::edge
