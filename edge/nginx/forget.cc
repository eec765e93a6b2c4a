#include "edge/nginx/forget.h"

#include "edge/nginx/answers.h"
#include "edge/nginx/config.h"
#include "edge/nginx/guard.h"
#include "edge/nginx/page_access.h"
#include "edge/nginx/referral_cookie.h"
#include "json/error_json.h"

namespace refedge::edge {
namespace {

ngx_int_t forget(ngx_http_request_t* r) {
  if ((r->method & (NGX_HTTP_POST | NGX_HTTP_OPTIONS)) == 0) return answer_method_not_allowed(r, "POST");
  if (const ngx_int_t discarded = ngx_http_discard_request_body(r); discarded != NGX_OK) return discarded;
  const bool is_preflight = r->method == NGX_HTTP_OPTIONS;
  const bool is_ours = allow_page(r, is_preflight);
  if (is_preflight) return answer_no_content(r);
  // Somebody else's page must not make a visitor's referral go.
  if (!is_ours)
    return answer_json(r, 422, copy_to_pool(r->pool, error_json({Errc::kInvalidField, "origin"})));
  remove_cookies(r, worker_of(main_config(r)));
  return answer_json(r, NGX_HTTP_OK, "{}");
}

}  // namespace

ngx_int_t handle_forget(ngx_http_request_t* r) {
  return guard(r->connection->log, ngx_int_t{NGX_HTTP_INTERNAL_SERVER_ERROR}, [r] { return forget(r); });
}

}  // namespace refedge::edge
