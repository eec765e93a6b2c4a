#include "edge/nginx/answers.h"

#include <new>

#include "edge/nginx/config.h"

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
  const std::string_view policy = to_view(location_config(r).referrer_policy);
  add_response_header(r, "Cache-Control", "no-store");
  if (!policy.empty()) add_response_header(r, "Referrer-Policy", policy);
  add_response_header(r, "X-Robots-Tag", "noindex");
}

ngx_int_t send_text(ngx_http_request_t* r, ngx_uint_t status, std::string_view content_type, std::string_view text) {
  auto* buffer = static_cast<ngx_buf_t*>(ngx_calloc_buf(r->pool));
  if (buffer == nullptr) throw std::bad_alloc();
  buffer->pos = buffer->start = to_ngx(text).data;
  buffer->last = buffer->end = buffer->pos + text.size();
  buffer->memory = 1;  // read-only
  buffer->last_buf = r == r->main;
  buffer->last_in_chain = 1;

  r->headers_out.status = status;
  r->headers_out.content_length_n = static_cast<off_t>(text.size());
  r->headers_out.content_type = to_ngx(content_type);
  r->headers_out.content_type_len = r->headers_out.content_type.len;
  const ngx_int_t sent = ngx_http_send_header(r);
  if (sent == NGX_ERROR || sent > NGX_OK || r->header_only) return sent;
  ngx_chain_t out{buffer, nullptr};
  return ngx_http_output_filter(r, &out);
}

ngx_int_t send_page(ngx_http_request_t* r, ngx_uint_t status, std::string_view html) {
  add_common_headers(r);
  return send_text(r, status, "text/html; charset=utf-8", html);
}

}  // namespace

ngx_table_elt_t* add_response_header(ngx_http_request_t* r, std::string_view name, std::string_view value) {
  auto* header = static_cast<ngx_table_elt_t*>(ngx_list_push(&r->headers_out.headers));
  if (header == nullptr) throw std::bad_alloc();
  *header = {};
  header->hash = 1;  // 0 would hide it
  header->key = to_ngx(name);
  header->value = to_ngx(value);
  return header;
}

ngx_int_t answer_redirect(ngx_http_request_t* r, ngx_uint_t status, std::string_view location,
                          std::string_view set_cookie) {
  r->headers_out.location = add_response_header(r, "Location", location);
  add_common_headers(r);
  if (!set_cookie.empty()) add_response_header(r, "Set-Cookie", set_cookie);
  r->headers_out.status = status;
  r->headers_out.content_length_n = 0;
  r->header_only = 1;  // no body: the answer is complete with its headers
  return ngx_http_send_header(r);
}

ngx_int_t answer_preview(ngx_http_request_t* r, std::string_view html) { return send_page(r, NGX_HTTP_OK, html); }

ngx_int_t answer_unknown(ngx_http_request_t* r) { return send_page(r, NGX_HTTP_NOT_FOUND, kUnknownPage); }

ngx_int_t answer_unavailable(ngx_http_request_t* r) {
  add_response_header(r, "Retry-After", "5");
  return send_page(r, NGX_HTTP_SERVICE_UNAVAILABLE, kUnavailablePage);
}

ngx_int_t answer_status(ngx_http_request_t* r, std::string_view content_type, std::string_view text) {
  add_response_header(r, "Cache-Control", "no-store");
  return send_text(r, NGX_HTTP_OK, content_type, text);
}

ngx_int_t answer_json(ngx_http_request_t* r, ngx_uint_t status, std::string_view json) {
  add_response_header(r, "Cache-Control", "no-store");
  add_response_header(r, "X-Content-Type-Options", "nosniff");
  return send_text(r, status, "application/json", json);
}

ngx_int_t answer_no_content(ngx_http_request_t* r) {
  r->headers_out.status = NGX_HTTP_NO_CONTENT;
  r->header_only = 1;
  return ngx_http_send_header(r);
}

ngx_int_t answer_method_not_allowed(ngx_http_request_t* r, std::string_view methods) {
  add_response_header(r, "Allow", methods);
  return NGX_HTTP_NOT_ALLOWED;
}

}  // namespace refedge::edge
