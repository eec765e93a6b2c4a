#include "edge/nginx/answers.h"

#include <new>

namespace refedge::edge {
namespace {

#define REFEDGE_PAGE(title, text)                                                                                     \
  "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">" \
  "<title>" title "</title><style>body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:15vh auto;padding:0 " \
  "1em}</style><h1>" title "</h1><p>" text "</p></html>\n"

constexpr std::string_view kUnknownPage =
    REFEDGE_PAGE("This link does not work", "It may have ended, or a part of it was lost on the way. Ask your friend for a new one.");
constexpr std::string_view kUnavailablePage =
    REFEDGE_PAGE("This link does not work right now", "Please try again in a moment.");

void add_common_headers(ngx_http_request_t* r) {
  add_header(r, "Cache-Control", "no-store");
  add_header(r, "Referrer-Policy", "strict-origin-when-cross-origin");
  add_header(r, "X-Robots-Tag", "noindex");
}

ngx_int_t send_page(ngx_http_request_t* r, ngx_uint_t status, std::string_view html) {
  auto* buffer = static_cast<ngx_buf_t*>(ngx_calloc_buf(r->pool));
  if (buffer == nullptr) throw std::bad_alloc();
  buffer->pos = buffer->start = to_ngx(html).data;
  buffer->last = buffer->end = buffer->pos + html.size();
  buffer->memory = 1;  // read-only
  buffer->last_buf = r == r->main;
  buffer->last_in_chain = 1;

  add_common_headers(r);
  r->headers_out.status = status;
  r->headers_out.content_length_n = static_cast<off_t>(html.size());
  r->headers_out.content_type = to_ngx("text/html; charset=utf-8");
  r->headers_out.content_type_len = r->headers_out.content_type.len;
  const ngx_int_t sent = ngx_http_send_header(r);
  if (sent == NGX_ERROR || sent > NGX_OK || r->header_only) return sent;
  ngx_chain_t out{buffer, nullptr};
  return ngx_http_output_filter(r, &out);
}

}  // namespace

ngx_table_elt_t* add_header(ngx_http_request_t* r, std::string_view name, std::string_view value) {
  auto* header = static_cast<ngx_table_elt_t*>(ngx_list_push(&r->headers_out.headers));
  if (header == nullptr) throw std::bad_alloc();
  *header = {};
  header->hash = 1;  // 0 would hide it
  header->key = to_ngx(name);
  header->value = to_ngx(value);
  return header;
}

ngx_int_t answer_redirect(ngx_http_request_t* r, std::string_view location, std::string_view set_cookie) {
  r->headers_out.location = add_header(r, "Location", location);
  add_common_headers(r);
  if (!set_cookie.empty()) add_header(r, "Set-Cookie", set_cookie);
  r->headers_out.status = NGX_HTTP_MOVED_TEMPORARILY;
  r->headers_out.content_length_n = 0;
  r->header_only = 1;  // no body: the answer is complete with its headers
  return ngx_http_send_header(r);
}

ngx_int_t answer_unknown(ngx_http_request_t* r) { return send_page(r, NGX_HTTP_NOT_FOUND, kUnknownPage); }

ngx_int_t answer_unavailable(ngx_http_request_t* r) {
  add_header(r, "Retry-After", "5");
  return send_page(r, NGX_HTTP_SERVICE_UNAVAILABLE, kUnavailablePage);
}

ngx_int_t answer_method_not_allowed(ngx_http_request_t* r) {
  add_header(r, "Allow", "GET, HEAD");
  return NGX_HTTP_NOT_ALLOWED;
}

}  // namespace refedge::edge
