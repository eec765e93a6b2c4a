// What the module remembers of a request: for its variables, and from one phase to the next.
#pragma once

#include <string_view>
#include <type_traits>

#include "edge/links/market_id.h"
#include "edge/nginx/ngx.h"

namespace refedge::edge {

struct RequestContext {
  std::string_view code;      // this and the next two are in the request's pool
  std::string_view click_id;
  std::string_view location;  // of the link, empty when it is not known
  std::string_view verdict;   // a name of the core's, or "repeat"
  MarketId market{};          // of the link; counts where there is a location

  // refedge_capture: what is added to the response.
  bool capture_is_judged = false;
  bool capture_is_signed = false;
  std::string_view capture_cookie;  // the value of Set-Cookie; empty: none
};
static_assert(std::is_trivially_destructible_v<RequestContext>, "nginx frees it without a destructor");

// make_context gives the request's context, a new one where it has none. Throws std::bad_alloc.
[[nodiscard]] RequestContext& make_context(ngx_http_request_t* r);

// The variables $refedge_code, $refedge_user, $refedge_click_id, $refedge_verdict and $refedge_market, for logs and
// headers; absent where nothing is known.
ngx_int_t add_variables(ngx_conf_t* cf);

}  // namespace refedge::edge
