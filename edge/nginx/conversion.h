// An order on its way through nginx: kept until somebody has answered for it. Spec: docs/protocol.md#track.
#pragma once

#include <string>
#include <string_view>

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// Lives as long as the request, also through internal redirects, which clear what modules keep of one.
struct PendingConversion {
  ngx_http_request_t* request = nullptr;
  std::string_view body;          // whole; in the request's pool
  std::string_view content_type;  // empty unless it is printable ASCII of up to kMaxContentType bytes
  std::string_view attribution;   // in the request's pool
  bool is_preflight = false;      // OPTIONS: there is nothing to keep
  bool is_settled = false;        // answered by the origin or by us
  bool is_ours = false;           // what is sent now is our answer; what others send after it is dropped
  ngx_int_t phase = NGX_DONE;     // what the phase handler gives: NGX_DONE while the body is read
  ngx_event_t timer{};
};

struct ConversionAnswer {
  ngx_uint_t status;
  std::string json;
};

// keep_conversion puts the order into the spool: 202, with the shape of the origin's answer. An order that is
// none is refused as by the origin (422); 503 when the spool does not take it. Settles it. Throws
// std::bad_alloc.
[[nodiscard]] ConversionAnswer keep_conversion(PendingConversion& order);

// make_pending gives a new one, tied to the request: an order that is whole and not settled when the request
// ends (the browser went away) is kept all the same. Throws std::bad_alloc.
[[nodiscard]] PendingConversion& make_pending(ngx_http_request_t* r);

// find_pending gives the request's, or null.
[[nodiscard]] PendingConversion* find_pending(ngx_http_request_t* r) noexcept;

}  // namespace refedge::edge
