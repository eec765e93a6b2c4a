#include "edge/nginx/track_answer.h"

#include <new>

#include "edge/nginx/answers.h"
#include "edge/nginx/page_access.h"

namespace refedge::edge {
TrackAnswer order_answer(ngx_http_request_t* r, const ConversionAnswer& answer) {
  auto* body = static_cast<ngx_buf_t*>(ngx_calloc_buf(r->pool));
  if (body == nullptr) throw std::bad_alloc();
  const ngx_str_t json = to_ngx(copy_to_pool(r->pool, answer.json));
  body->pos = body->start = json.data;
  body->last = body->end = json.data + json.len;
  body->memory = 1;
  body->last_buf = 1;
  body->last_in_chain = 1;
  return {answer.status, body, false};
}

TrackAnswer preflight_answer(ngx_http_request_t*) { return {NGX_HTTP_NO_CONTENT, nullptr, true}; }

void set_answer_headers(ngx_http_request_t* r, const TrackAnswer& answer) {
  ngx_http_clean_header(r);
  r->err_status = 0;
  // What an upstream says that is no HTTP is passed on by nginx as HTTP/0.9, without headers.
  if (r->http_version < NGX_HTTP_VERSION_10) r->http_version = NGX_HTTP_VERSION_10;
  r->headers_out.status = answer.status;
  r->header_only = answer.body == nullptr;
  if (answer.body != nullptr) {
    r->headers_out.content_type = to_ngx("application/json");
    r->headers_out.content_type_len = r->headers_out.content_type.len;
    r->headers_out.content_length_n = answer.body->last - answer.body->pos;
    add_response_header(r, "Cache-Control", "no-store");
    add_response_header(r, "X-Content-Type-Options", "nosniff");
  }
  if (answer.status == NGX_HTTP_SERVICE_UNAVAILABLE) {
    add_response_header(r, "Retry-After", "5");
    add_response_header(r, "Access-Control-Expose-Headers", "Retry-After");
  }
  allow_page(r, answer.is_preflight);
}

}  // namespace refedge::edge
