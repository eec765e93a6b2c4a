// The answers of the content handlers.
#pragma once

#include <string_view>

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// Each sends its answer and gives what the content handler returns. The texts must live as long as the request.
// Throws std::bad_alloc, before anything is sent.

// answer_redirect sends `status` to `location`, with a Set-Cookie header unless `set_cookie` is empty.
[[nodiscard]] ngx_int_t answer_redirect(ngx_http_request_t* r, ngx_uint_t status, std::string_view location,
                                        std::string_view set_cookie);

// answer_preview sends 200 and a page that is not cached or indexed.
[[nodiscard]] ngx_int_t answer_preview(ngx_http_request_t* r, std::string_view html);

// answer_unknown sends 404 and a small page for the friend who followed a link that leads nowhere (any more).
[[nodiscard]] ngx_int_t answer_unknown(ngx_http_request_t* r);

// answer_unavailable sends 503 and a small page, when the link table cannot be read: the link may be a good one.
[[nodiscard]] ngx_int_t answer_unavailable(ngx_http_request_t* r);

// answer_status sends 200 with the report of refedge_status.
[[nodiscard]] ngx_int_t answer_status(ngx_http_request_t* r, std::string_view content_type, std::string_view text);

// answer_json sends `status` and JSON that is not cached.
[[nodiscard]] ngx_int_t answer_json(ngx_http_request_t* r, ngx_uint_t status, std::string_view json);

// answer_no_content sends 204.
[[nodiscard]] ngx_int_t answer_no_content(ngx_http_request_t* r);

// answer_method_not_allowed sends 405 with the methods that are.
[[nodiscard]] ngx_int_t answer_method_not_allowed(ngx_http_request_t* r, std::string_view methods = "GET, HEAD");

// add_response_header appends a header; both texts must live as long as the request. Throws std::bad_alloc.
ngx_table_elt_t* add_response_header(ngx_http_request_t* r, std::string_view name, std::string_view value);

}  // namespace refedge::edge
