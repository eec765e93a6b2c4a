// Our own answers to orders and to what browsers ask before they send one. Spec: docs/protocol.md#track.
#pragma once

#include "edge/nginx/conversion.h"
#include "edge/nginx/ngx.h"

namespace refedge::edge {

struct TrackAnswer {
  ngx_uint_t status;
  ngx_buf_t* body;  // null: none
  bool is_preflight;
};

// Both allocate in the request's pool; they throw std::bad_alloc.
[[nodiscard]] TrackAnswer order_answer(ngx_http_request_t* r, const ConversionAnswer& answer);
[[nodiscard]] TrackAnswer preflight_answer(ngx_http_request_t* r);

// set_answer_headers makes the answer's headers the only ones of the response. Pages of the site may read it,
// as they may read the origin's. Throws std::bad_alloc.
void set_answer_headers(ngx_http_request_t* r, const TrackAnswer& answer);

}  // namespace refedge::edge
